import { describe, expect, it } from "vitest";

import { fromAddresses, toAddresses } from "./a1";
import { twoSheets } from "./rules.fixture";
import { referencesIn, rulesByCell, trialFields } from "./rules";

const model = twoSheets();
const home = model.sheets[0];
const typed = (text: string) => fromAddresses(text, model, home);

describe("a condition typed in the workbook's addresses", () => {
  it.each([
    ["A1=SUM(A2:A3)", "[R.1:A]=SUM([R.2:A]..[R.3:A])"],
    ["a1 >= $B$2", "[R.1:A] >= [R.2:B]"],
    ["ABS(A1-PREVIOUS!A1)<=20%*PREVIOUS!A1", "ABS([R.1:A]-PREVIOUS![R.1:A])<=20%*PREVIOUS![R.1:A]"],
    ["A1='02/BC'![X.1:A]+'02/BC'!LAST_YEAR!{L:A}", "[R.1:A]='02/BC'![X.1:A]+'02/BC'!LAST_YEAR!{L:A}"],
    ["ABS(A1-KY_TRUOC!A1)<=20%*cung_ky!A1", "ABS([R.1:A]-PREVIOUS![R.1:A])<=20%*LAST_YEAR![R.1:A]"],
    ["A1='02/BC'!KY_TRUOC![X.1:A]+(\"KY_TRUOC!A1\"=A1)", "[R.1:A]='02/BC'!PREVIOUS![X.1:A]+(\"KY_TRUOC!A1\"=[R.1:A])"],
    ["IF(A1=\"A2\",1,0)", "IF([R.1:A]=\"A2\",1,0)"],
    ["'Trang hai'!A1=A1", "[S.1:A]=[R.1:A]"],
    ["PREVIOUS!'Trang hai'!A1:B1", "PREVIOUS![S.1:A]..[S.1:B]"],
    ["[@:A]>ROUND(A1,1)+1E5", "[@:A]>ROUND([R.1:A],1)+1E5"],
  ])("%s", (text, condition) => {
    expect(typed(text)).toEqual({ condition, unknown: [] });
  });

  it("names addresses that the form doesn't have and leaves them as they are", () => {
    expect(typed("A1=Z9+A1:A99")).toEqual({ condition: "[R.1:A]=Z9+A1:A99", unknown: ["Z9", "A1:A99"] });
  });

  it.each(["[R.1:A]=SUM([R.2:A]..[R.3:B])", "PREVIOUS![S.1:A]>{L:A}", "'02/BC'![R.1:A]=\"[R.1:A]\"", "[@:A]=[R.9:A]", "LAST_YEAR![R.1:A]..[R.3:A]"])(
    "%s comes back the same from how it is shown",
    (condition) => {
      expect(typed(toAddresses(condition, model))).toEqual({ condition, unknown: [] });
    },
  );
});

it("earlier figures are shown in the designer's words", () => {
  expect(toAddresses("[R.1:A]<=PREVIOUS![R.1:A]", model)).toBe("'Trang một'!A1<=KY_TRUOC!'Trang một'!A1");
});

describe("what has to be typed for a trial", () => {
  const labels = (...conditions: string[]) => trialFields(model, conditions).map((field) => field.label);

  it("is every input cell of the condition, once, ranges spread out", () => {
    expect(labels("[R.2:A]<=SUM([R.2:A]..[R.3:B])", "[R.2:B]>0")).toEqual(["A2", "B2", "A3", "B3"].map((a1) => `'Trang một'!${a1}`));
  });

  it("is for a computed cell what it stands on, earlier figures too", () => {
    expect(labels("[R.1:A]>0")).toEqual(["'Trang một'!A2", "Kỳ trước: 'Trang một'!A3"]);
  });

  it("names another form and an earlier period", () => {
    expect(labels("'02'!LAST_YEAR![X.1:G]=PREVIOUS![R.2:A]")).toEqual(["Biểu 02, Cùng kỳ: X.1:G", "Kỳ trước: 'Trang một'!A2"]);
  });

  it("ignores references inside texts", () => {
    expect(referencesIn("\"[R.1:A]\"=[R.2:A]")).toEqual([{ op: "cell", row: "R.2", column: "A" }]);
  });
});

it("a rule is found at each of its cells, one of a list at the list's column", () => {
  const rule = { id: "R", severity: "error" as const, condition: "", message: "", cells: [{ row: "R.1", column: "A" }] };
  const listed = { ...rule, id: "L", list_id: "L1", cells: [{ row: "@", column: "G" }] };

  const found = rulesByCell([rule, listed]);

  expect([...found].map(([key, rules]) => [key.replace("\u0000", ":"), rules.map((one) => one.id)])).toEqual([
    ["R.1:A", ["R"]],
    ["L1:G", ["L"]],
  ]);
});
