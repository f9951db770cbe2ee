/** The candidate's choices: consent, box by box, and what makes it easier for them. Pure but for the form. */

import { send } from "../wire/api.js";

export const MORE_TIME = 1.5;

/** Form values to the message that the socket takes. */
export function consentMessage(values, version) {
  return {
    type: "consent.set",
    notice_version: version,
    ai_evaluation: Boolean(values.ai_evaluation),
    recording: Boolean(values.recording),
    listening: Boolean(values.listening),
  };
}

/** Form values to what is kept with the interview and shown to nobody. */
export function accommodations(values) {
  return {
    typed: Boolean(values.typed),
    time_factor: values.more_time ? MORE_TIME : 1,
    patience_factor: values.more_time ? MORE_TIME : 1,
    large_captions: Boolean(values.large_captions),
    no_timer: Boolean(values.no_timer),
    slow_voice: Boolean(values.slow_voice),
  };
}

/** The other way round, to fill the form when somebody comes back. */
export function formValues(consent, kept) {
  return { ...(consent ?? {}), ...kept, more_time: (kept.time_factor ?? 1) > 1 };
}

export function readForm(form) {
  return Object.fromEntries([...form.elements].filter((one) => one.name).map((one) => [one.name, one.checked]));
}

export function fillForm(form, values) {
  for (const box of form.elements) {
    if (box.name in values) box.checked = Boolean(values[box.name]);
  }
}

/** Throws ApiError. Saved before the socket opens: the interview's clock is set when it does. */
export async function keep(address, values) {
  await send("PATCH", address, { accommodations: accommodations(values) });
}

