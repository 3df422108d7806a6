/** A year as people see it on a wall: plain days, no moments, no zones. */
import type { CalendarDraft, NamedDay } from "./api";

export const WEEKDAYS = ["T2", "T3", "T4", "T5", "T6", "T7", "CN"];
export const WEEKDAY_NAMES = ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"];

export type DayKind = "work" | "rest" | "holiday" | "made_up";

export const DAY_KINDS: Record<DayKind, string> = {
  work: "ngày làm việc",
  rest: "nghỉ hằng tuần",
  holiday: "ngày nghỉ",
  made_up: "làm bù",
};

export const iso = (year: number, month: number, day: number) => `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;

/** 0 is Monday. */
export function weekday(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

export const isRestDay = (day: string) => weekday(day) >= 5;

/** Weeks of a month from Monday; null where the month hasn't begun or is over. */
export function weeksOf(year: number, month: number): (string | null)[][] {
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const cells: (string | null)[] = Array.from({ length: weekday(iso(year, month, 1)) }, () => null);
  for (let day = 1; day <= length; day += 1) cells.push(iso(year, month, day));
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

export function kindOf(day: string, calendar: { holidays: NamedDay[]; made_up: NamedDay[] }): { kind: DayKind; name: string } {
  const off = calendar.holidays.find((item) => item.day === day);
  if (off) return { kind: "holiday", name: off.name };
  const worked = calendar.made_up.find((item) => item.day === day);
  if (worked) return { kind: "made_up", name: worked.name };
  return { kind: isRestDay(day) ? "rest" : "work", name: "" };
}

const without = (days: NamedDay[], day: string) => days.filter((item) => item.day !== day);
const withDay = (days: NamedDay[], item: NamedDay) => [...without(days, item.day), item].sort((a, b) => (a.day < b.day ? -1 : 1));

/** The draft with one day set; "work" and "rest" mean as the week says. */
export function setDay<Draft extends Pick<CalendarDraft, "holidays" | "made_up">>(draft: Draft, day: string, kind: DayKind, name: string): Draft {
  const cleared = { ...draft, holidays: without(draft.holidays, day), made_up: without(draft.made_up, day) };
  if (kind === "holiday") return { ...cleared, holidays: withDay(cleared.holidays, { day, name }) };
  if (kind === "made_up") return { ...cleared, made_up: withDay(cleared.made_up, { day, name }) };
  return cleared;
}

/** Off on one day, worked on a weekly rest day instead: two days set by one word of the Government. */
export function swapDays<Draft extends Pick<CalendarDraft, "holidays" | "made_up">>(draft: Draft, off: string, worked: string): Draft {
  const words = (day: string) => day.split("-").reverse().join("/");
  return setDay(setDay(draft, off, "holiday", `Nghỉ hoán đổi (làm bù ${words(worked)})`), worked, "made_up", `Làm bù cho ngày ${words(off)}`);
}

export interface DayChange {
  day: string;
  before: string;
  after: string;
}

type Days = Pick<CalendarDraft, "holidays" | "made_up">;

/** What differs between two versions of a year, day by day, in words. */
export function changesBetween(before: Days, after: Days): DayChange[] {
  const days = [...new Set([...before.holidays, ...before.made_up, ...after.holidays, ...after.made_up].map((item) => item.day))].sort();
  return days
    .map((day) => ({ day, before: words(day, before), after: words(day, after) }))
    .filter((change) => change.before !== change.after);
}

function words(day: string, calendar: Days): string {
  const { kind, name } = kindOf(day, calendar);
  return name ? `${DAY_KINDS[kind]}: ${name}` : DAY_KINDS[kind];
}
