// Single keys: space plays and pauses, j and k go to the next and the previous answer. Never in fields.

const CONTROLS = "input, textarea, select, button, a, summary, audio, [contenteditable]";

export function followKeys({ toggle, next, previous }) {
  const keys = { " ": toggle, j: next, k: previous };
  document.addEventListener("keydown", (event) => {
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.(CONTROLS)) return;
    event.preventDefault();
    act();
  });
}

// Moves the focus to the heading of the answer `step` further from where the focus, or the eye, is.
export function goToAnswer(root, step) {
  const answers = [...root.querySelectorAll("[data-answer]")];
  const focused = answers.findIndex((one) => one.contains(document.activeElement));
  const seen = answers.findLastIndex((one) => one.getBoundingClientRect().top < 80);
  const from = focused >= 0 ? focused : seen;
  const wanted = answers[Math.min(Math.max(from + step, 0), answers.length - 1)];
  const heading = wanted?.querySelector("h2");
  heading?.focus({ preventScroll: true });
  wanted?.scrollIntoView({ block: "start" });
}
