/** After the interview: wishes to the people behind it. */

import { config, find, write } from "../page/elements.js";
import { send } from "../wire/api.js";

const { requests } = config("room-config");
const form = find("form", "request");
const result = find("bind", "request-result");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const wish = Object.fromEntries(new FormData(form));
  write(result, "Sending…");
  try {
    await send("POST", requests, wish);
    write(result, "Thank you. A person will read it and answer you.");
    form.elements.text.value = "";
  } catch (error) {
    write(result, error.message);
  }
});
