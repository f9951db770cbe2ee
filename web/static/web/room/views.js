/** One view of the room is shown at a time; the steps before the interview stand above theirs. */

import { all, find, show } from "../page/elements.js";

const STEPS = ["who", "consent", "mic", "practice", "begin"];

export class Views {
  constructor() {
    this.sections = all("view");
    this.steps = find("region", "steps");
    this.current = "starting";
    this.before = null; // where a trouble came from
  }

  go(name, { focus = true } = {}) {
    if (name === this.current) return;
    const isTrouble = !STEPS.includes(name) && name !== "live";
    if (isTrouble && this.isPlace(this.current)) this.before = this.current;
    this.current = name;
    document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
    this.sections.forEach((section) => show(section, section.dataset.view === name));
    this.mark(name);
    document.body.classList.toggle("is-live", name === "live");
    show(find("region", "where"), name === "live");
    scrollTo(0, 0);
    if (focus) this.sections.find((one) => one.dataset.view === name)?.querySelector("h1")?.focus();
  }

  isPlace(name) {
    return STEPS.includes(name) || name === "live";
  }

  /** Back to where a trouble came from. */
  back() {
    this.go(this.before ?? "who");
  }

  mark(name) {
    const place = STEPS.indexOf(name);
    show(this.steps, place >= 0);
    this.steps.querySelectorAll("li").forEach((item, index) => {
      item.classList.toggle("is-done", index < place);
      if (index === place) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
  }
}
