import { describe, expect, it } from "vitest";

import { moved, weightOf } from "./sets";

describe("a set of indicators", () => {
  it("is put in order one step at a time", () => {
    expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
    expect(moved(["a", "b", "c"], 2, -1)).toEqual(["a", "c", "b"]);
    expect(moved(["a", "b"], 0, -1)).toEqual(["a", "b"]);
    expect(moved(["a", "b"], 1, 1)).toEqual(["a", "b"]);
  });

  it("takes weights with a comma, and no other text for one", () => {
    expect(["0,25", "10", "1.5", " 2 "].map(weightOf)).toEqual(["0.25", "10", "1.5", "2"]);
    expect(["", "nhiều", "-1", "1,2,3", "1e5"].map(weightOf)).toEqual([null, null, null, null, null]);
  });
});
