/** Single keys as buttons. Pure but for `listen`. */

const KEYS = { " ": "primary", h: "hold", r: "repeat", t: "type", m: "mute" };
const FIELDS = "input, textarea, select, [contenteditable]";
const CONTROLS = `${FIELDS}, button, a[href], summary, [role="button"], dialog`;

/** The action of a key press, or null. `matches(selector)` tells about the focused element. */
export function actionOf(event, matches, areOn) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return null;
  if (event.key === "Escape") return matches(`${FIELDS}, dialog`) ? null : "end"; // only asks
  if (!areOn || matches(CONTROLS)) return null;
  return KEYS[event.key.toLowerCase()] ?? null;
}

/** Calls `act(action)` for keys while `isOn()`; `areSingleOn()` switches all but Escape. */
export function listen(isOn, areSingleOn, act) {
  document.addEventListener("keydown", (event) => {
    if (!isOn() || document.querySelector("dialog[open]")) return;
    const matches = (selector) => Boolean(event.target.closest?.(selector));
    const action = actionOf(event, matches, areSingleOn());
    if (!action) return;
    event.preventDefault();
    act(action);
  });
}
