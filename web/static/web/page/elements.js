/** Finding and filling the parts of a page. Text only ever goes in as text. */

export function find(name, value, root = document) {
  return root.querySelector(`[data-${name}="${value}"]`);
}

export function all(name, root = document) {
  return [...root.querySelectorAll(`[data-${name}]`)];
}

/** Writes only what changed, so that a screen reader is not told the same thing twice. */
export function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

export function show(element, isShown) {
  if (element && element.hidden === isShown) element.hidden = !isShown;
}

export function make(tag, { text = "", className = "", dir = "" } = {}) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (dir) element.dir = dir;
  element.textContent = text;
  return element;
}

export function setLevel(meter, value) {
  if (!meter) return;
  meter.style.setProperty("--level", value.toFixed(3));
  if (meter.getAttribute("role") === "meter") meter.setAttribute("aria-valuenow", String(Math.round(value * 100)));
}

export function config(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

/** Opens a dialog and gives the value of the button it was closed with; "" for Escape. */
export function ask(name) {
  const dialog = find("dialog", name);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
  });
}
