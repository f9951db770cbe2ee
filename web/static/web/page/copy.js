/** Copies the link of a box; where the browser refuses, it marks the words, so that one key press copies them. */

async function copy(box) {
  const field = box.querySelector("[data-copy-from]");
  const said = box.querySelector("[data-copied]");
  try {
    await navigator.clipboard.writeText(field.value);
    said.textContent = "Copied.";
  } catch {
    field.focus();
    field.select();
    said.textContent = "It is marked now: copy it with Ctrl+C or ⌘C.";
  }
}

function prepare(root) {
  for (const box of root.querySelectorAll("[data-copy-box]")) {
    const button = box.querySelector("[data-copy]");
    if (!button.hidden) continue;
    button.hidden = false;
    button.addEventListener("click", () => copy(box));
    box.querySelector("[data-copy-from]").addEventListener("focus", (event) => event.target.select());
  }
}

prepare(document);
document.addEventListener("htmx:load", (event) => prepare(event.target.parentElement ?? document));
