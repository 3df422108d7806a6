import { describe, expect, it } from "vitest";

import { bodyOf, draftOf, newGroup, whyNotSaved } from "./setDraft";
import type { IndicatorSet } from "./sets";

const SET: IndicatorSet = {
  id: "s",
  code: "BCS",
  name: "Bộ chỉ số",
  note: "",
  owner_unit_id: "u",
  changed_at: "2026-11-26T00:00:00Z",
  version: 1,
  indicators: [],
  groups: [
    { name: "Kinh tế", weight: "0.6", items: [{ indicator_id: "a", weight: null }] },
    { name: "Xã hội", weight: "0.4", items: [] },
  ],
};

describe("a set of indicators being changed", () => {
  it("is saved as it was loaded when nothing was typed", () => {
    expect(bodyOf(draftOf(SET))).toEqual({ name: SET.name, note: SET.note, groups: SET.groups });
  });

  it("is not saved with a weight that is no number: the text stays to be put right", () => {
    const draft = draftOf(SET);
    const group = draft.groups[0]!;
    group.weight = "nhiều";
    expect(whyNotSaved(draft)).toContain("“nhiều” không phải là số");
    group.weight = "";
    expect(whyNotSaved(draft)).toBeNull();
    group.name = " ";
    expect(whyNotSaved(draft)).toBe("Nhập tên cho mọi nhóm.");
  });

  it("gives each new group a key that none had", () => {
    const { groups } = draftOf(SET);
    expect(newGroup([groups[1]!]).key).toBe("2");
    expect(newGroup([]).key).toBe("0");
  });
});
