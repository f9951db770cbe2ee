/* Hides what a choice makes needless: the fields of somebody new, where somebody known was chosen. */

const GROUPS = [
  { by: "candidate", isNew: (value) => value === "new", fields: ["name", "email", "phone", "time_zone"] },
  { by: "interviewer", isNew: (value) => value === "new", fields: ["interviewer_name", "interviewer_email"] },
];

function watch({ by, isNew, fields }) {
  const chooser = document.getElementById(`id_${by}`);
  const boxes = fields.map((name) => document.querySelector(`[data-field="${name}"]`));
  const show = () => boxes.forEach((box) => { box.hidden = !isNew(chooser.value); });
  chooser.addEventListener("change", show);
  document.body.addEventListener("htmx:afterSwap", (event) => { if (event.target === chooser) show(); });
  show();
}

GROUPS.forEach(watch);
