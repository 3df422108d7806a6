/** The law's days and hours are those of Vietnam, wherever the browser stands. */
const ZONE = "Asia/Ho_Chi_Minh";

const DAY = new Intl.DateTimeFormat("vi-VN", { timeZone: ZONE, day: "2-digit", month: "2-digit", year: "numeric" });
const TIME = new Intl.DateTimeFormat("vi-VN", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hour12: false });

export function day(moment: string | null | undefined): string {
  if (!moment) return "";
  // A plain day has no zone to be moved through.
  const plain = /^(\d{4})-(\d{2})-(\d{2})$/.exec(moment);
  return plain ? `${plain[3]}/${plain[2]}/${plain[1]}` : DAY.format(new Date(moment));
}

export function time(moment: string | null | undefined): string {
  return moment ? TIME.format(new Date(moment)) : "";
}

export function moment(value: string | null | undefined): string {
  return value ? `${time(value)} ngày ${day(value)}` : "";
}

/**
 * A report is in time if it arrives before this moment. At midnight that is the end of the day before, and so
 * people and the law say it.
 */
export function deadline(dueAt: string | null | undefined): string {
  if (!dueAt) return "";
  if (time(dueAt) !== "00:00" && time(dueAt) !== "24:00") return `trước ${moment(dueAt)}`;
  return `hết ngày ${day(new Date(new Date(dueAt).getTime() - 60_000).toISOString())}`;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ONE_DAY = 24 * HOUR;

export function span(milliseconds: number): string {
  const length = Math.abs(milliseconds);
  if (length < MINUTE) return "chưa đầy 1 phút";
  if (length < HOUR) return `${Math.floor(length / MINUTE)} phút`;
  if (length < ONE_DAY) {
    const hours = Math.floor(length / HOUR);
    const minutes = Math.floor((length % HOUR) / MINUTE);
    return minutes > 0 && hours < 6 ? `${hours} giờ ${minutes} phút` : `${hours} giờ`;
  }
  return `${Math.floor(length / ONE_DAY)} ngày`;
}

export type Nearness = "overdue" | "today" | "soon" | "later" | "none";

export function nearness(dueAt: string | null | undefined, now: number = Date.now()): Nearness {
  if (!dueAt) return "none";
  const left = new Date(dueAt).getTime() - now;
  if (left <= 0) return "overdue";
  if (left < ONE_DAY) return "today";
  if (left < 3 * ONE_DAY) return "soon";
  return "later";
}

export function nearnessWords(dueAt: string, now: number = Date.now()): string {
  const left = new Date(dueAt).getTime() - now;
  return left <= 0 ? `Quá hạn ${span(left)}` : `Còn ${span(left)}`;
}
