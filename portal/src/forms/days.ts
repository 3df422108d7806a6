import { Decimal } from "./decimal";

/** Days of the calendar in cells that hold one, as `forms.days` on the server knows them. */
const DAY = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/;
const FIRST = Date.UTC(1899, 11, 30);
const LAST = Date.UTC(9999, 11, 31);
const MILLISECONDS = 86_400_000;

/** What a formula reads of dd/mm/yyyy: the days since 30/12/1899, as a spreadsheet counts; null for what isn't a day. */
export function numberOfDay(text: string): string | null {
  const match = DAY.exec(text.trim());
  if (!match) return null;
  const [day, month, year] = match.slice(1).map(Number) as [number, number, number];
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  if (year === 0 || moment.getUTCMonth() !== month - 1 || moment.getUTCDate() !== day) return null;
  return String((moment.getTime() - FIRST) / MILLISECONDS);
}

/** The day that a number counts; null before day 1 and after the year 9999. */
export function dayNumbered(number: string): string | null {
  const whole = new Decimal(number).trunc();
  if (whole.lessThan(1) || whole.greaterThan((LAST - FIRST) / MILLISECONDS)) return null;
  const [year, month, day] = new Date(FIRST + whole.toNumber() * MILLISECONDS).toISOString().slice(0, 10).split("-");
  return `${day}/${month}/${year}`;
}
