import { Autosave } from "@/filing/autosave";
import { keptEdits, type FilingPlace } from "@/filing/keep";
import { FilingStore } from "@/filing/store";
import { compute } from "@/forms/echo";
import { keyOf, type FormModel, type ListRow } from "@/forms/model";

import type { Check, Filing, FilingRow } from "./api";
import type { Known } from "./known";
import { FilingTransport, serverCell, type PatchAnswer } from "./filingTransport";
import { noteSeen } from "./seen";

/** Everything one person needs to work in one filing: figures, echo, saving, checks. */
export class FilingDesk {
  readonly store = new FilingStore();
  readonly autosave: Autosave;
  readonly transport: FilingTransport;
  checks: Check[] = [];
  known: Known[] = [];
  /** Last edit of the report that the person has seen. */
  lastEdit = 0;

  private listeners = new Set<() => void>();
  private saves = 0;
  private rowVersions = new Map<string, number>();
  private entered = 0;

  constructor(
    private readonly model: FormModel,
    private readonly place: FilingPlace,
    /** Somebody else has edited too: what they changed must be fetched to be seen. */
    private readonly onOthers: () => void,
  ) {
    this.transport = new FilingTransport(place.reportId, place.formVersionId, (answer) => this.take(answer));
    this.autosave = new Autosave(this.store, this.transport, place);
    this.store.subscribe(() => this.echoSoon());
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  currentKnown = (): Known[] => this.known;
  currentChecks = (): Check[] => this.checks;
  countSaves = (): number => this.saves;
  currentRows = (): ListRow[] => this.store.listRows;

  load(filing: Filing): void {
    this.lastEdit = Math.max(this.lastEdit, filing.last_edit);
    noteSeen(this.place.reportId, this.lastEdit);
    this.checks = filing.validation;
    this.known = filing.known;
    this.rowVersions = new Map(filing.list_rows.map((row) => [row.id, row.version]));
    this.store.load(
      filing.cells.map((cell) => [keyOf(cell.row, cell.column), serverCell(cell)]),
      filing.list_rows,
    );
    this.tell();
  }

  /** Brings back what was typed here earlier and never arrived. */
  async restore(): Promise<number> {
    const kept = await keptEdits(this.place).catch(() => []);
    this.store.restore(kept);
    if (kept.length > 0) this.autosave.schedule(1_000);
    return kept.length;
  }

  /** Rows are made and removed at once, since figures can only be saved into rows that the server has. */
  async changeRows(added: readonly ListRow[], removed: readonly string[]): Promise<void> {
    await this.autosave.flush();
    const gone = this.store.listRows.filter((row) => removed.includes(row.id));
    await this.transport.changeRows([
      ...added.map((row) => ({ ...row, version: 0, deleted: false })),
      ...gone.map((row) => ({ ...row, version: this.rowVersions.get(row.id) ?? 0, deleted: true })),
    ]);
    this.echoSoon();
  }

  private take(answer: PatchAnswer): void {
    this.saves += 1;
    this.checks = answer.validation;
    this.known = answer.known;
    this.store.learn(answer.computed.map((cell) => [keyOf(cell.row, cell.column), cell.value]));
    const own = answer.cells.length + answer.list_rows.length;
    if (answer.last_edit - this.lastEdit > own) this.onOthers();
    else {
      this.lastEdit = answer.last_edit;
      noteSeen(this.place.reportId, this.lastEdit);
    }
    if (answer.list_rows.length > 0) this.takeRows(answer.list_rows);
    this.tell();
  }

  private takeRows(rows: readonly FilingRow[]): void {
    const changed = new Set(rows.map((row) => row.id));
    for (const row of rows) this.rowVersions.set(row.id, row.version);
    this.store.listRows = [
      ...this.store.listRows.filter((row) => !changed.has(row.id)),
      ...rows.filter((row) => !row.deleted),
    ];
  }

  private echoSoon(): void {
    if (this.entered !== 0) return;
    this.entered = requestAnimationFrame(() => {
      this.store.setComputed(compute(this.model, this.store.entries(), this.store.listRows));
      this.entered = 0;
    });
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
