import { expect, it } from "vitest";

import { deadline, nearness, nearnessWords } from "./dates";

it("says a deadline at midnight as the end of the day before", () => {
  expect(deadline("2026-11-28T17:00:00Z")).toBe("hết ngày 28/11/2026");
});

it("says a deadline at an hour by the hour in Vietnam", () => {
  expect(deadline("2026-11-23T09:30:00Z")).toBe("trước 16:30 ngày 23/11/2026");
});

it("tells how near a deadline is in words", () => {
  const now = Date.parse("2026-11-23T09:25:00Z");
  expect([nearness("2026-11-23T09:30:00Z", now), nearnessWords("2026-11-23T09:30:00Z", now)]).toEqual(["today", "Còn 5 phút"]);
  expect([nearness("2026-11-23T09:20:00Z", now), nearnessWords("2026-11-21T09:20:00Z", now)]).toEqual(["overdue", "Quá hạn 2 ngày"]);
});
