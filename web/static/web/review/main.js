// The page of a review: what is heard follows what is read, and evidence leads to where it was said.

import { followKeys, goToAnswer } from "./keys.js";
import { Player } from "./player.js";

const root = document.querySelector("[data-review]");
const player = root.querySelector("[data-player]") ? new Player(root) : null;

if (player) {
  for (const one of root.querySelectorAll("[data-play-answer], [data-play-turn]")) one.hidden = false;
  for (const one of root.querySelectorAll("[data-without-sound]")) one.hidden = true;
}

followKeys({
  toggle: () => player?.toggle(),
  next: () => goToAnswer(root, 1),
  previous: () => goToAnswer(root, -1),
});

const { searchParams } = new URL(location.href);
if (player && /^\d+$/.test(searchParams.get("at") ?? "")) {
  const clip = player.playAt(Number(searchParams.get("at")), null, { isAsked: false });
  clip?.element.scrollIntoView({ block: "center" });
}

root.addEventListener("click", (event) => {
  if (!player) return;
  const answer = event.target.closest("[data-play-answer]");
  if (answer) return void player.playAnswer(Number(answer.dataset.playAnswer));
  const turn = event.target.closest("[data-play-turn]");
  if (turn) return void player.playTurn(turn.closest(".turn"));
  const evidence = event.target.closest("[data-play-at]");
  if (evidence) return void playEvidence(event, evidence);
  const word = event.target.closest(".turn[data-source] .w");
  if (word && String(getSelection()) === "") player.playTurn(word.closest(".turn"), Number(word.dataset.from));
});

function playEvidence(event, evidence) {
  const of = evidence.dataset.of;
  const clip = player.playAt(Number(evidence.dataset.playAt), of ? Number(of) : null);
  if (!clip) return; // typed: the link leads to where it stands
  event.preventDefault();
  clip.element.scrollIntoView({ block: "center" });
}
