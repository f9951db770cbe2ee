/** Opens the room: puts its parts together and leads to the step that is due. */

import { config, find } from "../page/elements.js";
import { obstacle } from "../sound/microphone.js";
import { Before } from "./before.js";
import { Live } from "./live.js";
import { Room } from "./room.js";

const room = new Room(config("room-config"));
const before = new Before(room);
const live = new Live(room);

const ACTIONS = { ...before.actions, ...live.actions, ...room.actions };

document.addEventListener("click", (event) => {
  // Whoever uses a mouse goes on with keys: a focused button would keep them to itself.
  if (event.detail > 0) event.target.closest('[data-region="controls"] :is(button, summary)')?.blur();
  const button = event.target.closest("[data-action]");
  if (!button || button.getAttribute("aria-disabled") === "true") return;
  ACTIONS[button.dataset.action]?.();
});

room.on("change", (model) => {
  if (model.state !== "waiting" && model.state !== "practice") live.enter(model);
  else before.changed(model);
  live.draw();
});

room.on("note", (name, said) => (live.isEntered ? live.note(name, said) : before.note(name, said)));

if (room.config.has_begun) live.comeBack();
else before.start(obstacle());
find("view", "starting").hidden = true;
