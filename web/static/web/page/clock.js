/** Times as people read them. */

/** 754000 -> "12:34"; hours only where there are some. Never negative. */
export function minutes(ms) {
  const total = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(total / 3600);
  const rest = `${Math.floor((total % 3600) / 60)}`.padStart(hours ? 2 : 1, "0");
  const seconds = `${total % 60}`.padStart(2, "0");
  return hours ? `${hours}:${rest}:${seconds}` : `${rest}:${seconds}`;
}

/** A moment in the reader's own time zone, in words. */
export function localTime(iso, language = undefined) {
  return new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short" }).format(new Date(iso));
}
