import assert from "node:assert/strict";
import { test } from "node:test";

import { follower } from "../../static/web/set_up/rows.js";

const rows = [0, 100, 200].map((top) => ({ top, getBoundingClientRect: () => ({ top, height: 80 }) }));

test("a dragged row comes before the first other whose middle is below the pointer", () => {
  assert.equal(follower(rows, rows[2], 10), rows[0]);
  assert.equal(follower(rows, rows[2], 60), rows[1]);
  assert.equal(follower(rows, rows[0], 60), rows[1]);
});

test("below the last middle there is nothing to come before", () => {
  assert.equal(follower(rows, rows[0], 250), undefined);
});
