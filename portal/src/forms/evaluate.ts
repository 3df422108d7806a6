import { APPLIES_NOT, arithmetic, asNumber, asTruth, compare, rounded, UNDEFINED, Wrong, type Scalar } from "./calculation";
import { Decimal } from "./decimal";
import { BLANK, type CellKey, type Value } from "./model";
import { plain } from "./numbers";
import { inRow, references, type Outside, type Reference, type Source, type Tree } from "./tree";

/** The figures a formula reads. */
export interface Grid {
  value(key: CellKey): Value | typeof UNDEFINED;
  span(from: CellKey, to: CellKey): Iterable<CellKey>;
  listed(list: string, column: string): Iterable<CellKey>;
  /** The figures of another form or an earlier report, where they are known. */
  elsewhere?(source: Source): Grid | undefined;
}

export interface Outcome {
  value: Value;
  /** Divided by zero or blank: the value is blank. */
  undefined?: boolean;
  problem?: string;
}

export function evaluate(tree: Tree, grid: Grid, ownRow: string | null = null): Outcome {
  const evaluation = new Evaluation(grid, ownRow);
  const used = [...references(tree)].map((reference) => [...evaluation.referred(reference)]);
  if (used.length > 0 && used.flat().every(isBlankValue)) return { value: BLANK };
  try {
    return outcome(evaluation.scalar(tree));
  } catch (error) {
    if (error instanceof Wrong) return { value: BLANK, problem: error.code };
    throw error;
  }
}

function isBlankValue(value: Value | typeof UNDEFINED): boolean {
  return value !== UNDEFINED && "blank" in value;
}

const TOO_BIG = "forms.expression.too_big";

function outcome(result: Scalar): Outcome {
  if (result === UNDEFINED) return { value: BLANK, undefined: true };
  if (result === APPLIES_NOT) throw new Wrong("not_applicable");
  if (typeof result === "boolean") throw new Wrong("boolean_result");
  if (result === null || result === "") return { value: BLANK };
  if (typeof result === "string") return { value: { text: result } };
  if (result.isZero()) return { value: { number: "0" } };
  return result.e >= 34 ? { value: BLANK, problem: TOO_BIG } : { value: { number: plain(result) } };
}

function read(value: Value | typeof UNDEFINED): Scalar {
  if (value === UNDEFINED) return UNDEFINED;
  if ("number" in value) return new Decimal(value.number);
  if ("text" in value) return value.text;
  return "blank" in value ? null : APPLIES_NOT;
}

class Evaluation {
  constructor(
    private readonly grid: Grid,
    private readonly ownRow: string | null,
  ) {}

  /** The value of every cell a reference covers; none where nothing is known of the other form or report. */
  referred(reference: Reference | Outside): (Value | typeof UNDEFINED)[] {
    const outside = reference.op === "outside";
    const grid = outside ? this.grid.elsewhere?.(reference) : this.grid;
    if (!grid) return [];
    return [...this.keys(grid, outside ? reference.reference : reference)].map((key) => grid.value(key));
  }

  private keys(grid: Grid, reference: Reference): Iterable<CellKey> {
    switch (reference.op) {
      case "cell":
        return [inRow(reference, this.ownRow)];
      case "range":
        return grid.span(inRow(reference.from, this.ownRow), inRow(reference.to, this.ownRow));
      case "list":
        return grid.listed(reference.list, reference.column);
    }
  }

  scalar(tree: Tree): Scalar {
    switch (tree.op) {
      case "number":
        return new Decimal(tree.value);
      case "text":
      case "boolean":
        return tree.value;
      case "cell":
        return read(this.grid.value(inRow(tree, this.ownRow)));
      case "negate":
        return arithmetic("subtract", new Decimal(0), this.scalar(tree.operand));
      case "percent":
        return arithmetic("divide", this.scalar(tree.operand), new Decimal(100));
      case "call":
        return this.call(tree.function, tree.arguments);
      case "outside": {
        if (tree.reference.op !== "cell") throw new Wrong("range_alone");
        return read(this.referred(tree)[0] ?? BLANK);
      }
      case "range":
      case "list":
        throw new Wrong("range_alone");
      case "add":
      case "subtract":
      case "multiply":
      case "divide":
      case "power":
        return arithmetic(tree.op, this.scalar(tree.left), this.scalar(tree.right));
      default:
        return compare(tree.op, this.scalar(tree.left), this.scalar(tree.right));
    }
  }

  private call(name: string, args: Tree[]): Scalar {
    const argument = (index: number): Tree => {
      const found = args[index];
      if (!found) throw new Wrong("arguments");
      return found;
    };
    switch (name) {
      case "IF": {
        const truth = asTruth(this.scalar(argument(0)));
        return truth === UNDEFINED ? UNDEFINED : this.scalar(argument(truth ? 1 : 2));
      }
      case "IFERROR":
        return this.ifError(argument(0), argument(1));
      case "AND":
      case "OR":
        return this.logical(name, args);
      case "NOT": {
        const truth = asTruth(this.scalar(argument(0)));
        return truth === UNDEFINED ? UNDEFINED : !truth;
      }
      case "ROUND":
      case "ROUNDUP":
      case "ROUNDDOWN":
        return rounded(name, this.scalar(argument(0)), this.scalar(argument(1)));
      case "INT":
        return rounded("FLOOR", this.scalar(argument(0)), new Decimal(0));
      case "ABS": {
        const number = asNumber(this.scalar(argument(0)));
        return number === UNDEFINED ? UNDEFINED : number.abs();
      }
      default:
        return this.aggregate(name, args);
    }
  }

  private ifError(tree: Tree, otherwise: Tree): Scalar {
    try {
      const result = this.scalar(tree);
      return result === UNDEFINED || result === APPLIES_NOT ? this.scalar(otherwise) : result;
    } catch (error) {
      if (error instanceof Wrong) return this.scalar(otherwise);
      throw error;
    }
  }

  private logical(name: "AND" | "OR", args: Tree[]): Scalar {
    const truths: boolean[] = [];
    let broken = false;
    for (const [value, referenced] of this.values(args)) {
      if (referenced && (value === null || typeof value === "string")) continue;
      const truth = asTruth(value);
      if (truth === UNDEFINED) broken = true;
      else truths.push(truth);
    }
    if (broken) return UNDEFINED;
    if (truths.length === 0) throw new Wrong("no_condition");
    return name === "AND" ? truths.every(Boolean) : truths.some(Boolean);
  }

  private aggregate(name: string, args: Tree[]): Scalar {
    const numbers: Decimal[] = [];
    let present = 0;
    for (const [value, referenced] of this.values(args)) {
      if (value === UNDEFINED) return UNDEFINED;
      if (value === APPLIES_NOT && name === "SUM" && referenced) continue;
      if (referenced && (value === null || typeof value === "string")) {
        present += value === null ? 0 : 1;
        continue;
      }
      const number = asNumber(value);
      if (number === UNDEFINED) return UNDEFINED;
      present += 1;
      numbers.push(number);
    }
    return aggregated(name, numbers, present);
  }

  /** Each value, and whether it was referred to: blanks and text are skipped only there. */
  private *values(args: Tree[]): Generator<[Scalar, boolean]> {
    for (const argument of args) {
      if (argument.op === "cell" || argument.op === "range" || argument.op === "list" || argument.op === "outside") {
        for (const value of this.referred(argument)) yield [read(value), true];
      } else yield [this.scalar(argument), false];
    }
  }
}

function aggregated(name: string, numbers: Decimal[], present: number): Scalar {
  switch (name) {
    case "COUNT":
      return new Decimal(numbers.length);
    case "COUNTA":
      return new Decimal(present);
    case "MIN":
      return numbers.length > 0 ? Decimal.min(...numbers) : new Decimal(0);
    case "MAX":
      return numbers.length > 0 ? Decimal.max(...numbers) : new Decimal(0);
  }
  const total = numbers.reduce<Scalar>((sum, number) => arithmetic("add", sum, number), new Decimal(0));
  if (name === "SUM") return total;
  if (name === "AVERAGE") return arithmetic("divide", total, new Decimal(numbers.length));
  throw new Wrong("unknown_function");
}
