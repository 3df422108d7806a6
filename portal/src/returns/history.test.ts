import { describe, expect, it } from "vitest";

import { keyOf } from "@/forms/model";

import { lastReturn, remarksOf, type Act, type Place } from "./history";
import { noticeOf } from "./notice";
import { cellPlace } from "./pins";

const place = (row: string, done?: boolean): Place => ({
  ...cellPlace("f1", row, "G"),
  note: `Sửa ${row}`,
  words: row,
  settled: done === undefined ? null : { done, answer: "", by: "An", at: "2026-11-25T00:00:00Z" },
});

const act = (sequence: number, to_state: string, places: Place[] = []): Act => ({
  sequence, to_state, places, action: "return", name: "trả lại", words: "", revision: 1, from_state: "in_review",
  who_name: "Bình", at: "2026-11-25T00:00:00Z", reason: "Sai", comment: "",
});

describe("what a report was returned for", () => {
  it("is told by the newest return, also after it was entered again", () => {
    expect(lastReturn([act(1, "returned"), act(2, "drafting"), act(3, "returned"), act(4, "in_review")])?.sequence).toBe(3);
    expect(lastReturn([act(1, "in_review")])).toBeNull();
    expect(lastReturn(undefined)).toBeNull();
  });

  it("is marked at the cells of its own form, dealt with or not", () => {
    const remarks = remarksOf("f1", act(1, "returned", [place("a"), place("b", true), place("c", false)]), []);
    expect([...remarks.values()].flat().map((remark) => remark.kind)).toEqual(["returned", "settled", "returned"]);
    expect(remarksOf("f2", act(1, "returned", [place("a")]), []).size).toBe(0);
  });

  it("stands beside what the next reader is marking", () => {
    const pin = { ...cellPlace("f1", "a", "G"), note: "Vẫn sai", words: "a" };
    const remarks = remarksOf("f1", act(1, "returned", [place("a", true)]), [pin]);
    expect(remarks.get(keyOf("a", "G"))?.map((remark) => remark.kind)).toEqual(["settled", "marking"]);
  });
});

describe("where a return is told", () => {
  const inside = act(3, "returned");
  const byLead = { ...inside, from_state: "sent" };

  it("is the unit's page while it answers, and its leader's afterwards", () => {
    expect(noticeOf({ state: "returned", revision: 1 }, inside)).toBe("answering");
    expect(noticeOf({ state: "drafting", revision: 2 }, inside)).toBe("answering");
    expect(noticeOf({ state: "in_review", revision: 2 }, inside)).toBe("answered");
  });

  it("is the lead agency's page only where the lead agency returned", () => {
    expect(noticeOf({ state: "sent", revision: 2 }, inside)).toBeNull();
    expect(noticeOf({ state: "sent", revision: 2 }, byLead)).toBe("answered");
    expect(noticeOf({ state: "accepted", revision: 2 }, byLead)).toBeNull();
  });
});
