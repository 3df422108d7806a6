import { expect, it } from "vitest";

import { changesBetween, kindOf, setDay, swapDays, weekday, weeksOf } from "./year";

const EMPTY = { holidays: [], made_up: [] };

it("lays a month out from Monday", () => {
  const weeks = weeksOf(2026, 11);
  expect(weeks[0]).toEqual([null, null, null, null, null, null, "2026-11-01"]);
  expect(weeks.at(-1)?.[0]).toBe("2026-11-30");
  expect(weeks.flat().filter(Boolean)).toHaveLength(30);
  expect(weekday("2026-11-24")).toBe(1);
});

it("knows the 29th of February", () => {
  expect(weeksOf(2028, 2).flat().filter(Boolean)).toHaveLength(29);
});

it("keeps a day in one list only", () => {
  const off = setDay(EMPTY, "2026-08-22", "holiday", "Nghỉ");
  const worked = setDay(off, "2026-08-22", "made_up", "Làm bù");
  expect(worked).toEqual({ holidays: [], made_up: [{ day: "2026-08-22", name: "Làm bù" }] });
  expect(kindOf("2026-08-22", setDay(worked, "2026-08-22", "rest", "")).kind).toBe("rest");
});

it("swaps two working days by one act and says both", () => {
  const swapped = swapDays(EMPTY, "2026-08-31", "2026-08-22");
  expect(swapped.holidays).toEqual([{ day: "2026-08-31", name: "Nghỉ hoán đổi (làm bù 22/08/2026)" }]);
  expect(swapped.made_up).toEqual([{ day: "2026-08-22", name: "Làm bù cho ngày 31/08/2026" }]);
});

it("says what differs between two versions", () => {
  expect(changesBetween(EMPTY, setDay(EMPTY, "2026-11-18", "holiday", "Nghỉ theo thông báo"))).toEqual([
    { day: "2026-11-18", before: "ngày làm việc", after: "ngày nghỉ: Nghỉ theo thông báo" },
  ]);
});
