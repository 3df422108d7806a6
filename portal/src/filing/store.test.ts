import { beforeEach, describe, expect, it } from "vitest";

import { keyOf, type Cell, type Value } from "@/forms/model";

import { readEntry } from "./entries";
import { FilingStore } from "./store";

const NUMBER: Cell = { row: "r", column: "c", a1: "A1", kind: "input", type: "number" };
const KEY = keyOf("13", "G");
const OTHER = keyOf("14", "G");

const type = (store: FilingStore, key: string, text: string) => store.enter([{ key, entry: readEntry(NUMBER, text) }]);
const theirs = (number: string, version: number) => ({ value: { number } as Value, version, by: "Trần Thị B" });

let store: FilingStore;
beforeEach(() => {
  store = new FilingStore();
  store.load([[KEY, { value: { number: "5" }, version: 3 }]], []);
});

describe("an entry", () => {
  it("stands above the server's figure with the version the person saw", () => {
    type(store, KEY, "8,5");
    expect(store.value(KEY)).toEqual({ number: "8.5" });
    expect(store.unsaved("queued")).toMatchObject([{ key: KEY, expected: 3, value: { number: "8.5" } }]);
  });

  it("that can't be read stays at its cell as typed and isn't sent", () => {
    type(store, KEY, "1.5");
    expect(store.edit(KEY)).toMatchObject({ raw: "1.5", state: "refused" });
    expect(store.takeBatch(10)).toEqual([]);
    expect(store.value(KEY)).toEqual({ number: "5" });
  });

  it("of the same figure changes nothing", () => {
    type(store, KEY, "5,0");
    expect(store.unsaved()).toEqual([]);
  });

  it("is gone from the list once the server has it, and its version is known", () => {
    type(store, KEY, "8");
    const saved = store.settle(store.takeBatch(10), {
      cells: [{ key: KEY, cell: { value: { number: "8" }, version: 4 } }],
      conflicts: [],
      refused: [],
    });
    expect(saved).toEqual([KEY]);
    expect(store.unsaved()).toEqual([]);
    type(store, KEY, "9");
    expect(store.edit(KEY)?.expected).toBe(4);
  });

  it("typed again while the first is being saved is sent after it", () => {
    type(store, KEY, "8");
    const batch = store.takeBatch(10);
    type(store, KEY, "9");
    store.settle(batch, { cells: [{ key: KEY, cell: { value: { number: "8" }, version: 4 } }], conflicts: [], refused: [] });
    expect(store.takeBatch(10)).toMatchObject([{ value: { number: "9" }, expected: 4 }]);
  });

  it("that didn't arrive stays and is tried again", () => {
    type(store, KEY, "8");
    store.fail(store.takeBatch(10));
    expect(store.unsaved("failed")).toHaveLength(1);
    expect(store.takeBatch(10)).toHaveLength(1);
  });

  it("kept on this machine comes back above the server's figure", () => {
    type(store, KEY, "8");
    const kept = store.takeBatch(10);
    const again = new FilingStore();
    again.load([[KEY, { value: { number: "5" }, version: 3 }]], []);
    again.restore(kept);
    expect(again.value(KEY)).toEqual({ number: "8" });
    expect(again.unsaved("failed")).toHaveLength(1);
  });
});

describe("a conflict", () => {
  it("is one also when the other's figure was fetched beneath the unsaved entry, however often it is retyped", () => {
    const fresh = new FilingStore();
    fresh.load([[KEY, { value: { number: "5" }, version: 3 }]], []);
    type(fresh, KEY, "8");
    fresh.load([[KEY, theirs("7", 4)]], []);
    type(fresh, KEY, "9");
    expect(fresh.edit(KEY)).toMatchObject({ expected: 3, base: { number: "5" } });
    fresh.settle(fresh.takeBatch(10), { cells: [], conflicts: [{ key: KEY, theirs: theirs("7", 4) }], refused: [] });
    expect(fresh.edit(KEY)).toMatchObject({ state: "conflict", value: { number: "9" } });
  });

  it("is one also when the answer lists the other's figure among the cells", () => {
    const fresh = new FilingStore();
    fresh.load([[KEY, { value: { number: "5" }, version: 3 }]], []);
    type(fresh, KEY, "8");
    const other = theirs("7", 4);
    fresh.settle(fresh.takeBatch(10), { cells: [{ key: KEY, cell: other }], conflicts: [{ key: KEY, theirs: other }], refused: [] });
    expect(fresh.edit(KEY)).toMatchObject({ state: "conflict", value: { number: "8" }, theirs: { value: { number: "7" } } });
    expect(fresh.takeBatch(10)).toEqual([]);
  });

  beforeEach(() => {
    type(store, KEY, "8");
    store.settle(store.takeBatch(10), { cells: [], conflicts: [{ key: KEY, theirs: theirs("7", 4) }], refused: [] });
  });

  it("shows both figures and waits for the person", () => {
    expect(store.edit(KEY)).toMatchObject({ state: "conflict", value: { number: "8" }, theirs: { value: { number: "7" } } });
    expect(store.takeBatch(10)).toEqual([]);
  });

  it("decided for mine is sent above the newer version", () => {
    store.resolve(KEY, "mine");
    expect(store.takeBatch(10)).toMatchObject([{ value: { number: "8" }, expected: 4 }]);
  });

  it("decided for theirs shows the server's figure", () => {
    store.resolve(KEY, "theirs");
    expect(store.value(KEY)).toEqual({ number: "7" });
    expect(store.unsaved()).toEqual([]);
  });

  it("with the very figure the person saw is none: it is sent again above the new version", () => {
    store.resolve(KEY, "theirs");
    type(store, KEY, "9");
    store.settle(store.takeBatch(10), { cells: [], conflicts: [{ key: KEY, theirs: theirs("7", 12) }], refused: [] });
    expect(store.takeBatch(10)).toMatchObject([{ value: { number: "9" }, expected: 12 }]);
  });

  it("of two equal figures is none", () => {
    store.resolve(KEY, "mine");
    store.settle(store.takeBatch(10), { cells: [], conflicts: [{ key: KEY, theirs: theirs("8.0", 5) }], refused: [] });
    expect(store.unsaved()).toEqual([]);
  });
});

describe("undo", () => {
  it("takes a whole paste back at once and redo brings it again", () => {
    store.enter([
      { key: KEY, entry: readEntry(NUMBER, "1") },
      { key: OTHER, entry: readEntry(NUMBER, "2") },
    ]);
    store.undo();
    expect([store.value(KEY), store.value(OTHER)]).toEqual([{ number: "5" }, { blank: true }]);
    store.redo();
    expect([store.value(KEY), store.value(OTHER)]).toEqual([{ number: "1" }, { number: "2" }]);
  });

  it("ends where a new entry begins", () => {
    type(store, KEY, "1");
    store.undo();
    type(store, KEY, "2");
    expect(store.canRedo()).toBe(false);
  });
});
