import { Decimal } from "./decimal";

/**
 * How people write numbers here: `,` is the decimal mark, `.` groups exactly three digits. Anything else is
 * refused with its readings, never guessed. The same rule as `forms.numbers.parse_typed` on the server.
 */
export type Reading = { ok: true; number: string } | { ok: false; message: string };

const TYPED = /^([+-]?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?$/;
const DIGITS = /^[+-]?\d[\d.,]*$/;
const LONGEST = 60;
const SIGNIFICANT = 34;
const RULE = "Dấu phẩy ngăn phần thập phân, dấu chấm ngăn từng nhóm ba chữ số: 1.234,5.";

export function parseTyped(text: string): Reading {
  const cleaned = text.replace(/[\s\u00a0\u202f]+/g, "").replace(/\u2212/g, "-");
  const match = cleaned.length <= LONGEST ? TYPED.exec(cleaned) : null;
  if (!match) return { ok: false, message: refusal(text.trim(), cleaned) };
  const [, sign = "", whole = "", fraction] = match;
  const digits = whole.replace(/\./g, "");
  if ((digits + (fraction ?? "")).replace(/^0+/, "").length > SIGNIFICANT) {
    return { ok: false, message: `Số “${shown(text)}” có quá ${SIGNIFICANT} chữ số. Kiểm tra lại số đã nhập.` };
  }
  return { ok: true, number: plain(new Decimal(`${sign}${digits}${fraction ? `.${fraction}` : ""}`)) };
}

function refusal(text: string, cleaned: string): string {
  if (DIGITS.test(cleaned) && cleaned.length <= LONGEST) {
    const said = readings(cleaned).map((reading) => formatNumber(reading));
    if (said.length > 1) {
      return `Không rõ “${shown(text)}” là ${said.join(" hay ")}. ${RULE} Gõ lại: ${said.join(" hoặc ")}.`;
    }
  }
  return `“${shown(text)}” không phải là số. ${RULE} Nhập số, hoặc để trống nếu không có số liệu.`;
}

/** The sensible ways to read digits with marks: the last mark as a decimal mark, or all as grouping. */
function readings(cleaned: string): string[] {
  const found: string[] = [];
  const last = Math.max(cleaned.lastIndexOf("."), cleaned.lastIndexOf(","));
  if (last > 0) {
    const whole = cleaned.slice(0, last).replace(/[.,]/g, "");
    const fraction = cleaned.slice(last + 1);
    if (fraction !== "" && /\d/.test(whole)) found.push(plain(new Decimal(`${whole}.${fraction}`)));
  }
  found.push(plain(new Decimal(cleaned.replace(/[.,]/g, ""))));
  return [...new Set(found)];
}

function shown(text: string): string {
  const trimmed = text.trim();
  return trimmed.length <= LONGEST ? trimmed : `${trimmed.slice(0, LONGEST)}…`;
}

/** The number with "." and without exponent, as it travels. */
export function plain(number: Decimal): string {
  const text = number.toFixed();
  return number.isZero() && text.startsWith("-") ? text.slice(1) : text;
}

/** As a Vietnamese reader sees it: 1.593,3. */
export function formatNumber(number: string, precision?: number | null): string {
  const decimal = new Decimal(number);
  const text =
    precision === null || precision === undefined
      ? plain(decimal)
      : decimal.toFixed(Math.max(precision, 0), Decimal.ROUND_HALF_UP);
  const negative = text.startsWith("-") && !new Decimal(text).isZero();
  const [whole = "0", fraction] = text.replace("-", "").split(".");
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ".");
  return `${negative ? "-" : ""}${grouped}${fraction ? `,${fraction}` : ""}`;
}

/** Without grouping, for editing and for the clipboard: reads the same in every spreadsheet set to Vietnamese. */
export function editableNumber(number: string): string {
  return plain(new Decimal(number)).replace(".", ",");
}
