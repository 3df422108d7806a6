import { deadline, moment, span } from "@/shared/dates";
import { sentence } from "@/shared/states";

import type { ProgressRow } from "./api";

export const SENT = new Set(["sent", "accepted"]);

export function punctuality(row: ProgressRow): string {
  if (row.overdue) return `Quá hạn ${span(row.overdue_seconds * 1000)}`;
  if (row.imported) return "Số liệu cũ nhập vào";
  if (row.late) return "Gửi chậm";
  return SENT.has(row.state) ? "Đúng hạn" : "Trong hạn";
}

/** With a byte order mark and semicolons: spreadsheets set to Vietnamese open it with one click. */
export function progressCsv(rows: readonly ProgressRow[]): string {
  const head = ["Mã đơn vị", "Đơn vị", "Trạng thái", "Đang chờ ai", "Hạn gửi", "Đúng hạn", "Gửi lúc"];
  const lines = rows.map((row) => [
    row.unit.code ?? "",
    row.unit.name,
    sentence(row.state_name),
    row.turn,
    deadline(row.deadline.due_at),
    punctuality(row),
    moment(row.sent_at),
  ]);
  return `\uFEFF${[head, ...lines].map((line) => line.map(quote).join(";")).join("\r\n")}\r\n`;
}

/** A text that a spreadsheet would take for a formula is kept a text. */
function quote(text: string): string {
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

export function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 30_000);
}
