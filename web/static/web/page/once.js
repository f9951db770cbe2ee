/** Sends a form once however often it is pressed, and lets a page that answers a form be reloaded safely. */

const AGAIN_AFTER_MS = 5000; // an answer that is a file leaves the form standing

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "true";
  setTimeout(() => delete form.dataset.sent, AGAIN_AFTER_MS);
});

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// What was made stays made: reloading leads to it (or shows this page without its link) instead of making another.
const made = document.querySelector("[data-made-at]");
if (made) history.replaceState(history.state, "", made.dataset.madeAt || location.href);
