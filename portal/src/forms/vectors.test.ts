import { describe, expect, it } from "vitest";

import raw from "../../../contracts/expressions/vectors.json?raw";

import { UNDEFINED } from "./calculation";
import { atPrecision } from "./echo";
import { evaluate, type Grid } from "./evaluate";
import { keyOf, splitKey, type CellKey, type Value } from "./model";
import type { Source, Tree } from "./tree";

interface Vector {
  id: string;
  formula: string;
  refused?: true;
  tree?: Tree;
  figures?: Record<string, Value | "undefined">;
  outside?: (Source & { figures: Record<string, Value> })[];
  own_row?: string;
  precision?: number;
  expected?: { value?: Value; error?: string };
}

const file = JSON.parse(raw) as { rows: string[]; columns: string[]; lists: Record<string, string[]>; vectors: Vector[] };

const between = (ids: string[], from: string, to: string): string[] => {
  const [start = 0, end = 0] = [ids.indexOf(from), ids.indexOf(to)].sort((a, b) => a - b);
  return start < 0 ? [] : ids.slice(start, end + 1);
};

function gridOf(figures: NonNullable<Vector["figures"]>, outside: NonNullable<Vector["outside"]> = []): Grid {
  return {
    elsewhere: (source) => {
      const there = outside.find((one) => one.form === source.form && one.period === source.period);
      return there && gridOf(there.figures);
    },
    value: (key: CellKey) => {
      const { row, column } = splitKey(key);
      const found = figures[`${row}:${column}`];
      return found === "undefined" ? UNDEFINED : (found ?? { blank: true });
    },
    span: (from, to) => {
      const [first, last] = [splitKey(from), splitKey(to)];
      const rows = first.row === last.row ? [first.row] : between(file.rows, first.row, last.row);
      return rows.flatMap((row) => between(file.columns, first.column, last.column).map((column) => keyOf(row, column)));
    },
    listed: (list, column) => (file.lists[list] ?? []).map((row) => keyOf(row, column)),
  };
}

const comparable = (value: Value): unknown => ("number" in value ? { number: value.number } : value);

describe("the echo means what the server means", () => {
  const evaluated = file.vectors.filter((vector) => !vector.refused);

  it("has at least 500 vectors to agree on", () => {
    expect(evaluated.length).toBeGreaterThanOrEqual(500);
  });

  it.each(evaluated.map((vector) => [vector.id, vector] as const))("%s", (_, vector) => {
    const outcome = evaluate(vector.tree as Tree, gridOf(vector.figures ?? {}, vector.outside), vector.own_row ?? null);
    if (vector.expected?.error !== undefined) {
      expect(outcome.problem).toBe(`forms.expression.${vector.expected.error}`);
      return;
    }
    expect(outcome.problem).toBeUndefined();
    expect(comparable(atPrecision(outcome.value, vector.precision))).toEqual(vector.expected?.value);
  });
});
