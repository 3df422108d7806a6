import { call } from "@/api/http";
import type { Transport } from "@/filing/autosave";
import type { Edit, SavedAnswer, ServerCell } from "@/filing/store";
import { BLANK, keyOf, splitKey, type Value } from "@/forms/model";

import type { Known } from "./known";
import { personName, type Check, type FilingCell, type FilingRow } from "./api";

export interface CellConflict {
  kind: string;
  row: string;
  column: string;
  version: number;
  theirs: Value;
  by: string;
  at: string | null;
}

export interface PatchAnswer {
  revision: number;
  version: number;
  last_edit: number;
  cells: FilingCell[];
  list_rows: FilingRow[];
  conflicts: CellConflict[];
  refused: Check[];
  validation: Check[];
  known: Known[];
  computed: { row: string; column: string; value: Value }[];
}

export function serverCell(cell: FilingCell): ServerCell {
  return { value: cell.value, version: cell.version, by: personName(cell.by), at: cell.at, origin: cell.origin?.words ?? null };
}

/** How entries travel to submission and what comes back. */
export class FilingTransport implements Transport {
  constructor(
    private readonly reportId: string,
    private readonly formVersionId: string,
    private readonly onAnswer: (answer: PatchAnswer) => void,
  ) {}

  async save(edits: readonly Edit[]): Promise<SavedAnswer> {
    const answer = await this.patch({
      edits: edits.map((edit) => ({
        ...splitKey(edit.key),
        value: edit.value ?? BLANK,
        expected_version: edit.expected,
      })),
    });
    return {
      cells: answer.cells.map((cell) => ({ key: keyOf(cell.row, cell.column), cell: serverCell(cell) })),
      conflicts: answer.conflicts
        .filter((item) => item.kind === "cell")
        .map((item) => ({ key: keyOf(item.row, item.column), theirs: serverCell({ ...item, value: item.theirs }) })),
      refused: answer.refused.map((item) => ({ key: keyOf(item.row ?? "", item.column ?? ""), message: item.message })),
    };
  }

  changeRows(rows: readonly FilingRow[]): Promise<PatchAnswer> {
    return this.patch({ list_rows: rows.map(({ version, ...row }) => ({ ...row, expected_version: version })) });
  }

  private async patch(body: unknown): Promise<PatchAnswer> {
    const path = `/reports/${this.reportId}/filings/${this.formVersionId}/cells`;
    const answer = await call<PatchAnswer>("submission", path, { method: "PATCH", body });
    this.onAnswer(answer);
    return answer;
  }
}
