/** The plan as it goes: what was asked, what was put in, which expected points were heard. Pure. */

/** A question that a person put in comes after the current one, behind others that were. */
export function putIn(plan, question, current) {
  let place = plan.findIndex((one) => one.number > current);
  if (place < 0) place = plan.length;
  while (plan[place]?.isPutIn) place += 1;
  const points = (question.expected_points ?? []).map(({ text }) => ({ text, covered: false }));
  const item = { text: question.text, kind: question.kind, points, asked: false, isPutIn: true };
  return numbered([...plan.slice(0, place), item, ...plan.slice(place)]);
}

export function askedUpTo(plan, { number, text, kind }) {
  const known = plan.some((one) => one.number === number);
  const whole = known ? plan : [...plan, { number, text, kind, points: [], asked: true }];
  return whole.map((one) => (one.number <= number ? { ...one, asked: true, text: one.number === number ? text : one.text } : one));
}

export function covered(plan, { number, covered: places }) {
  return plan.map((one) =>
    one.number === number ? { ...one, points: one.points.map((point, place) => ({ ...point, covered: places.includes(place) })) } : one,
  );
}

export function coverageOf({ points }) {
  return { heard: points.filter((point) => point.covered).length, total: points.length };
}

function numbered(plan) {
  return plan.map((one, index) => ({ ...one, number: index + 1 }));
}
