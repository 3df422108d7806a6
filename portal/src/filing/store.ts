import { BLANK, isBlank, sameValue, splitKey, type CellKey, type ListRow, type Value } from "@/forms/model";

import type { Entry } from "./entries";

/** A cell as the server has it. */
export interface ServerCell {
  value: Value;
  version: number;
  by?: string | null;
  at?: string | null;
  /** Where the figure was taken over from, in words. */
  origin?: string | null;
}

export type EditState = "queued" | "saving" | "failed" | "refused" | "conflict";

/** What a person entered and the server doesn't have yet. It leaves this list only when saved or withdrawn. */
export interface Edit {
  key: CellKey;
  value: Value | null;
  /** The text as typed, where it couldn't be read. */
  raw?: string;
  /** The figure and its version that the person had before their eyes when they began to change it. */
  base: Value;
  expected: number;
  state: EditState;
  message?: string;
  theirs?: ServerCell;
  at: number;
}

export interface SavedAnswer {
  cells: { key: CellKey; cell: ServerCell }[];
  conflicts: { key: CellKey; theirs: ServerCell }[];
  refused: { key: CellKey; message: string }[];
}

interface Change {
  key: CellKey;
  before: Value;
  after: Value;
}

const UNDO_DEPTH = 200;

/** The figures of one filing on the screen: the server's cells, the edits above them, and the way back. */
export class FilingStore {
  private server = new Map<CellKey, ServerCell>();
  private edits = new Map<CellKey, Edit>();
  private computed = new Map<CellKey, Value>();
  private past: Change[][] = [];
  private future: Change[][] = [];
  private stamps = new Map<string, number>();
  private listeners = new Set<() => void>();
  private clock = 0;

  listRows: ListRow[] = [];
  /** Called after every entry, to save and to keep a copy on this machine. */
  onEntered: (keys: CellKey[]) => void = () => undefined;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Grows with every change; what depends on the whole filing watches this. */
  stamp = (): number => this.clock;
  rowStamp = (row: string): number => this.stamps.get(row) ?? 0;

  /** Takes the server's state; edits stay, since the server doesn't know them. */
  load(cells: Iterable<[CellKey, ServerCell]>, listRows: ListRow[]): void {
    this.server = new Map(cells);
    this.listRows = listRows;
    this.touchAll();
  }

  restore(edits: Iterable<Edit>): void {
    for (const edit of edits) {
      if (this.edits.has(edit.key)) continue;
      this.edits.set(edit.key, edit.state === "saving" ? { ...edit, state: "failed" } : edit);
      this.touch(edit.key);
    }
    this.tell();
  }

  serverCell(key: CellKey): ServerCell | undefined {
    return this.server.get(key);
  }

  edit(key: CellKey): Edit | undefined {
    return this.edits.get(key);
  }

  /** What stands in the cell for the person: their own entry, else the server's, else the computed one. */
  value(key: CellKey): Value {
    const edit = this.edits.get(key);
    if (edit?.value) return edit.value;
    return this.computed.get(key) ?? this.server.get(key)?.value ?? BLANK;
  }

  /** Computed cells as the server has them now: some stand on figures that only it knows. */
  learn(values: Iterable<[CellKey, Value]>): void {
    for (const [key, value] of values) {
      this.server.set(key, { value, version: 0 });
      this.touch(key);
    }
    this.tell();
  }

  setComputed(values: ReadonlyMap<CellKey, Value>): void {
    for (const [key, value] of values) {
      const before = this.computed.get(key);
      if (before && sameValue(before, value)) continue;
      this.computed.set(key, value);
      this.touch(key);
    }
    this.tell();
  }

  /** One act of the person (a keystroke's end, a paste), undone as one. */
  enter(entries: { key: CellKey; entry: Entry }[]): void {
    const changes: Change[] = [];
    const keys: CellKey[] = [];
    for (const { key, entry } of entries) {
      const before = this.value(key);
      if (!entry.ok) {
        this.put({ key, value: null, raw: entry.raw, message: entry.message, state: "refused" });
      } else if (sameValue(before, entry.value) && this.edits.get(key)?.state !== "refused") {
        continue;
      } else {
        changes.push({ key, before, after: entry.value });
        this.put({ key, value: entry.value, state: "queued" });
      }
      keys.push(key);
    }
    if (changes.length > 0) {
      this.past = [...this.past, changes].slice(-UNDO_DEPTH);
      this.future = [];
    }
    this.finish(keys);
  }

  undo(): CellKey[] {
    return this.step(this.past, this.future, "before");
  }

  redo(): CellKey[] {
    return this.step(this.future, this.past, "after");
  }

  canUndo = (): boolean => this.past.length > 0;
  canRedo = (): boolean => this.future.length > 0;

  private step(from: Change[][], to: Change[][], side: "before" | "after"): CellKey[] {
    const changes = from.pop();
    if (!changes) return [];
    to.push(changes);
    const keys = changes.map((change) => change.key);
    for (const change of changes) this.put({ key: change.key, value: change[side], state: "queued" });
    this.finish(keys);
    return keys;
  }

  /** Puts the person's refused text aside and shows what the server has. */
  withdraw(key: CellKey): void {
    this.edits.delete(key);
    this.finish([key]);
  }

  unsaved(...states: EditState[]): Edit[] {
    const all = [...this.edits.values()];
    return states.length === 0 ? all : all.filter((edit) => states.includes(edit.state));
  }

  /** The next entries to save; they are marked as under way. */
  takeBatch(limit: number): Edit[] {
    const batch = this.unsaved("queued", "failed").slice(0, limit);
    const taken = batch.map((edit) => ({ ...edit, state: "saving" as const }));
    for (const edit of taken) this.replace(edit);
    this.tell();
    return taken;
  }

  settle(batch: readonly Edit[], answer: SavedAnswer): CellKey[] {
    const saved: CellKey[] = [];
    for (const { key, cell } of answer.cells) this.server.set(key, cell);
    const answered = new Set(answer.cells.map((item) => item.key));
    const refused = new Map(answer.refused.map((item) => [item.key, item.message]));
    const conflicts = new Map(answer.conflicts.map((item) => [item.key, item.theirs]));
    for (const sent of batch) {
      const now = this.edits.get(sent.key);
      const typedMeanwhile = now !== undefined && now.at !== sent.at;
      const theirs = conflicts.get(sent.key);
      const message = refused.get(sent.key);
      if (theirs) {
        this.server.set(sent.key, theirs);
        const mine = now?.value ?? sent.value;
        // Only the version moved (a new revision was begun): the person saw that very figure.
        if (mine && now && sameValue(now.base, theirs.value)) {
          this.replace({ ...now, state: "queued", expected: theirs.version });
          continue;
        }
        if (mine && sameValue(mine, theirs.value)) this.drop(sent.key, saved);
        else this.replace({ ...(now ?? sent), state: "conflict", theirs });
      } else if (message !== undefined) {
        if (!typedMeanwhile) this.replace({ ...sent, state: "refused", message });
      } else if (typedMeanwhile) {
        const { value, version } = this.server.get(sent.key) ?? { value: now.base, version: now.expected };
        this.replace({ ...now, base: value, expected: version });
      } else {
        // An answer that is silent about a cell accepted it; its version shows at the next save.
        if (!answered.has(sent.key) && sent.value) this.server.set(sent.key, { value: sent.value, version: sent.expected });
        this.drop(sent.key, saved);
      }
      this.touch(sent.key);
    }
    for (const { key } of answer.cells) this.touch(key);
    this.tell();
    return saved;
  }

  /** The save didn't arrive: the entries stay, are kept on this machine and tried again. */
  fail(batch: readonly Edit[]): void {
    for (const sent of batch) {
      const now = this.edits.get(sent.key);
      if (now?.state === "saving") this.replace({ ...now, state: "failed" });
    }
    this.tell();
  }

  resolve(key: CellKey, choice: "mine" | "theirs"): void {
    const edit = this.edits.get(key);
    if (!edit?.theirs) return;
    this.edits.delete(key);
    if (choice === "mine" && edit.value) this.put({ key, value: edit.value, state: "queued" });
    this.finish([key]);
  }

  /** Retyping an unsaved cell still changes the figure first seen: what came in beneath it was never shown. */
  private put(edit: Omit<Edit, "base" | "expected" | "at">): void {
    const { base, expected } = this.edits.get(edit.key) ?? this.standing(edit.key);
    this.edits.set(edit.key, { ...edit, base, expected, at: ++this.clock });
  }

  private standing(key: CellKey): Pick<Edit, "base" | "expected"> {
    const cell = this.server.get(key);
    return { base: cell?.value ?? BLANK, expected: cell?.version ?? 0 };
  }

  private replace(edit: Edit): void {
    this.edits.set(edit.key, edit);
    this.touch(edit.key);
  }

  private drop(key: CellKey, saved: CellKey[]): void {
    this.edits.delete(key);
    saved.push(key);
  }

  private finish(keys: CellKey[]): void {
    for (const key of keys) this.touch(key);
    this.tell();
    if (keys.length > 0) this.onEntered(keys);
  }

  private touch(key: CellKey): void {
    const { row } = splitKey(key);
    this.stamps.set(row, ++this.clock);
  }

  private touchAll(): void {
    for (const key of [...this.server.keys(), ...this.edits.keys()]) this.touch(key);
    this.tell();
  }

  private tell(): void {
    this.clock += 1;
    for (const listener of this.listeners) listener();
  }

  /** Every figure as it stands on the screen, for echo and for export. */
  entries(): Map<CellKey, Value> {
    const all = new Map<CellKey, Value>();
    for (const [key, cell] of this.server) if (!isBlank(cell.value)) all.set(key, cell.value);
    for (const [key, edit] of this.edits) if (edit.value && edit.state !== "refused") all.set(key, edit.value);
    return all;
  }
}

