import { Decimal, Wide } from "./decimal";

/** Arithmetic and comparison on single values, as `forms.expressions.calculation` on the server does them. */
export const UNDEFINED = Symbol("undefined by division");
export const APPLIES_NOT = Symbol("not applicable");

/** null is a blank. */
export type Scalar = Decimal | string | boolean | null | typeof UNDEFINED | typeof APPLIES_NOT;

/** A formula that has no meaning over these figures. */
export class Wrong extends Error {
  readonly code: string;

  constructor(code: string) {
    super(`forms.expression.${code}`);
    this.code = this.message;
  }
}

const LARGEST_POWER = 999;
const MOST_DIGITS = 34;

export function asNumber(value: Scalar): Decimal | typeof UNDEFINED {
  if (value === null || value === "") return new Decimal(0);
  if (value === UNDEFINED) return UNDEFINED;
  if (value === APPLIES_NOT) throw new Wrong("not_applicable");
  if (typeof value === "boolean") return new Decimal(value ? 1 : 0);
  if (typeof value === "string") throw new Wrong("text_as_number");
  return value;
}

export function asTruth(value: Scalar): boolean | typeof UNDEFINED {
  if (typeof value === "boolean") return value;
  const number = asNumber(value);
  return number === UNDEFINED ? UNDEFINED : !number.isZero();
}

export function arithmetic(operator: string, left: Scalar, right: Scalar): Decimal | typeof UNDEFINED {
  const first = asNumber(left);
  const second = asNumber(right);
  if (first === UNDEFINED || second === UNDEFINED) return UNDEFINED;
  switch (operator) {
    case "add":
      return finite(first.plus(second));
    case "subtract":
      return finite(first.minus(second));
    case "multiply":
      return finite(first.times(second));
    case "divide":
      return second.isZero() ? UNDEFINED : finite(first.dividedBy(second));
    default:
      return power(first, second);
  }
}

function finite(number: Decimal): Decimal {
  if (!number.isFinite()) throw new Wrong("too_big");
  return number;
}

function power(base: Decimal, exponent: Decimal): Decimal | typeof UNDEFINED {
  if (!exponent.isInteger() || exponent.abs().greaterThan(LARGEST_POWER)) throw new Wrong("power");
  if (base.isZero()) {
    if (exponent.isZero()) throw new Wrong("power");
    return exponent.isNegative() ? UNDEFINED : new Decimal(0);
  }
  return finite(base.pow(exponent));
}

export function rounded(mode: keyof typeof ROUNDINGS, value: Scalar, digits: Scalar): Decimal | typeof UNDEFINED {
  const number = asNumber(value);
  const places = asNumber(digits);
  if (number === UNDEFINED || places === UNDEFINED) return UNDEFINED;
  if (places.abs().greaterThan(MOST_DIGITS)) throw new Wrong("places");
  const shift = new Wide(10).pow(places.trunc().toNumber());
  const whole = new Wide(number).times(shift).toDecimalPlaces(0, ROUNDINGS[mode]);
  return new Decimal(0).plus(new Decimal(whole.dividedBy(shift)));
}

export const ROUNDINGS = {
  ROUND: Decimal.ROUND_HALF_UP,
  ROUNDUP: Decimal.ROUND_UP,
  ROUNDDOWN: Decimal.ROUND_DOWN,
  FLOOR: Decimal.ROUND_FLOOR,
} as const;

export function compare(operator: string, left: Scalar, right: Scalar): boolean | typeof UNDEFINED {
  if (left === APPLIES_NOT || right === APPLIES_NOT) throw new Wrong("not_applicable");
  if (left === UNDEFINED || right === UNDEFINED) return UNDEFINED;
  const first = beside(left, right);
  const second = beside(right, left);
  if (operator === "equal") return same(first, second);
  if (operator === "not_equal") return !same(first, second);
  const sign = order(first, second);
  switch (operator) {
    case "less":
      return sign < 0;
    case "less_or_equal":
      return sign <= 0;
    case "greater":
      return sign > 0;
    default:
      return sign >= 0;
  }
}

type Known = Decimal | string | boolean;

/** A blank takes the kind of what it is compared with. */
function beside(value: Known | null, other: Known | null): Known {
  if (value !== null) return value;
  if (typeof other === "boolean") return false;
  return typeof other === "string" ? "" : new Decimal(0);
}

const rank = (value: Known): number => (typeof value === "boolean" ? 2 : typeof value === "string" ? 1 : 0);

function same(first: Known, second: Known): boolean {
  if (rank(first) !== rank(second)) return false;
  if (typeof first === "string" && typeof second === "string") return first.toLowerCase() === second.toLowerCase();
  if (typeof first === "object" && typeof second === "object") return first.equals(second);
  return first === second;
}

function order(first: Known, second: Known): number {
  if (rank(first) !== rank(second)) return rank(first) - rank(second);
  if (typeof first === "string" || typeof second === "string") throw new Wrong("text_order");
  if (typeof first === "object" && typeof second === "object") return first.comparedTo(second);
  return Number(first) - Number(second);
}
