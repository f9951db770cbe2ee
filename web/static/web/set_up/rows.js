/** Moves and takes away the rows of a form in the page; a row's fields go with it, and their order is what is kept. */

const AGAIN = { up: "previousElementSibling", down: "nextElementSibling" };

function say(list, text) {
  const said = list.closest("[data-rows]").querySelector("[data-rows-said]");
  if (said) said.textContent = text;
}

function place(row) {
  const rows = [...row.parentElement.children];
  return `${rows.indexOf(row) + 1} of ${rows.length}`;
}

function changed(list) {
  list.dispatchEvent(new Event("rows:changed", { bubbles: true }));
}

function move(button, row) {
  const list = row.parentElement;
  const direction = button.dataset.rowDo;
  const other = row[AGAIN[direction]];
  if (!other) return say(list, "It is already at the end.");
  if (direction === "up") list.insertBefore(row, other);
  else list.insertBefore(other, row);
  button.focus();
  say(list, `Moved to place ${place(row)}.`);
  return changed(list);
}

function remove(row) {
  const list = row.parentElement;
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  const target = next?.querySelector("[data-row-do=remove]") ?? list.closest("[data-rows]").querySelector("[value=add]");
  target?.focus();
  say(list, "Taken away. Nothing is changed until you keep it.");
  changed(list);
}

function press(event) {
  const button = event.target.closest("[data-row-do]");
  const row = button?.closest("[data-row]");
  if (!row) return;
  event.preventDefault();
  if (button.dataset.rowDo === "remove") remove(row);
  else move(button, row);
}

/** Where the row belongs for a pointer at that height: before the first other whose middle is below it. */
export function follower(rows, dragged, y) {
  return rows.find((row) => {
    if (row === dragged) return false;
    const { top, height } = row.getBoundingClientRect();
    return y < top + height / 2;
  });
}

function drag(event) {
  const handle = event.target.closest("[data-handle]");
  const row = handle?.closest("[data-row]");
  if (!row || event.button !== 0) return;
  event.preventDefault();
  const list = row.parentElement;
  const before = place(row);
  row.classList.add("is-dragged");
  list.classList.add("is-dragging");
  const onMove = (moved) => {
    const next = follower([...list.children], row, moved.clientY) ?? null;
    if (next !== row.nextElementSibling) list.insertBefore(row, next);
  };
  const onEnd = () => {
    document.removeEventListener("pointermove", onMove);
    row.classList.remove("is-dragged");
    list.classList.remove("is-dragging");
    if (place(row) !== before) {
      say(list, `Moved to place ${place(row)}.`);
      changed(list);
    }
  };
  document.addEventListener("pointermove", onMove);
  document.addEventListener("pointerup", onEnd, { once: true });
  document.addEventListener("pointercancel", onEnd, { once: true });
}

function showHandles(root) {
  for (const handle of root.querySelectorAll("[data-handle]")) handle.hidden = false;
}

if (typeof document !== "undefined") {
  showHandles(document);
  document.addEventListener("click", press);
  document.addEventListener("pointerdown", drag);
  document.addEventListener("htmx:load", () => showHandles(document));
}
