import { beforeEach, expect, it, vi } from "vitest";

import { networkProblem, Problem } from "@/api/problem";
import { keyOf } from "@/forms/model";

import { Autosave } from "./autosave";
import { keptEdits } from "./keep";
import { FilingStore, type Edit, type SavedAnswer } from "./store";

const KEY = keyOf("13", "G");
let place = { accountId: "a", reportId: "r", formVersionId: "f" };
let count = 0;

beforeEach(() => {
  count += 1;
  place = { ...place, reportId: `r${count}` };
});

const saved = (edits: readonly Edit[]): SavedAnswer => ({
  cells: edits.map((edit) => ({ key: edit.key, cell: { value: edit.value ?? { blank: true }, version: edit.expected + 1 } })),
  conflicts: [],
  refused: [],
});

it("keeps an entry on this machine until the server has it", async () => {
  const store = new FilingStore();
  const save = vi.fn<(edits: readonly Edit[]) => Promise<SavedAnswer>>().mockRejectedValueOnce(networkProblem());
  const autosave = new Autosave(store, { save }, place);
  store.enter([{ key: KEY, entry: { ok: true, value: { number: "8" } } }]);

  await autosave.flush();
  expect(autosave.state).toBe("offline");
  expect(await keptEdits(place)).toMatchObject([{ key: KEY, value: { number: "8" } }]);

  save.mockImplementation((edits) => Promise.resolve(saved(edits)));
  await autosave.flush();
  expect(autosave.state).toBe("saved");
  expect(await keptEdits(place)).toEqual([]);
  autosave.stop();
});

it("doesn't knock again at a door that is closed by a rule", async () => {
  const store = new FilingStore();
  const closed = new Problem({ status: 409, code: "submission.report.not_editable", detail: "Báo cáo đã trình." });
  const autosave = new Autosave(store, { save: () => Promise.reject(closed) }, place);
  store.enter([{ key: KEY, entry: { ok: true, value: { number: "8" } } }]);

  await autosave.flush();
  expect(autosave.state).toBe("blocked");
  expect(autosave.problem?.code).toBe("submission.report.not_editable");
  expect(store.unsaved("failed")).toHaveLength(1);
  autosave.stop();
});
