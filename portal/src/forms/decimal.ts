import { Decimal as Base } from "decimal.js";

/** decimal128 as contracts/expressions asks: 34 digits; half away from zero only where a formula or cell rounds. */
export const Decimal = Base.clone({
  precision: 34,
  rounding: Base.ROUND_HALF_EVEN,
  minE: -6143,
  maxE: 6144,
  toExpNeg: -7000,
  toExpPos: 7000,
});
export type Decimal = Base;

/** For moving the decimal point and rounding, where no digit may be lost on the way. */
export const Wide = Base.clone({ precision: 200, rounding: Base.ROUND_HALF_UP, toExpNeg: -7000, toExpPos: 7000 });
