// The turns that can be heard, read from the page: where each lies in which recording, and its words.

export function readClips(root) {
  return [...root.querySelectorAll(".turn[data-source]")].map((element) => ({
    element,
    source: element.dataset.source,
    of: Number(element.dataset.of),
    shift: Number(element.dataset.shift), // when its recording begins, on the interview's clock
    from: Number(element.dataset.from),
    to: element.dataset.to === "" ? Infinity : Number(element.dataset.to),
    words: [...element.querySelectorAll(".w")].map((word) => ({
      element: word,
      from: Number(word.dataset.from),
      to: Number(word.dataset.to),
    })),
  }));
}

// The clip that holds that moment; of an answer, else of the whole line, the one that begins next before it.
export function clipAt(clips, ms, of = null) {
  const among = of === null ? clips : clips.filter((one) => one.of === of);
  const holding = among.find((one) => one.from <= ms && ms <= one.to);
  if (holding) return holding;
  const before = among.filter((one) => one.from <= ms);
  return before.at(-1) ?? among[0] ?? null;
}

export function nextOfAnswer(clips, clip) {
  const next = clips[clips.indexOf(clip) + 1];
  return next && next.of === clip.of ? next : null;
}

// The word that is being said: the last one that has begun.
export function wordAt(clip, ms) {
  let low = 0;
  let high = clip.words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (clip.words[middle].from <= ms) low = middle + 1;
    else high = middle;
  }
  return clip.words[low - 1] ?? null;
}

export function clock(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}
