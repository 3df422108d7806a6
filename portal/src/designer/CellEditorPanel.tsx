import { Button, Form, Input, InputNumber, Segmented } from "antd";

import { limitDraft, limitsOf, type LimitDraft } from "@/forms/limits";
import type { Cell, CellKind, CellType } from "@/forms/model";
import { ProblemView } from "@/shared/ProblemView";
import { Unsaved } from "@/shared/Unsaved";
import { useDraft } from "@/shared/useDraft";

import { useCorrect, type DesignedVersion } from "./api";
import { DayField, LimitFields } from "./LimitFields";
import type { Picked } from "./SheetPicture";

const KINDS: { value: CellKind; label: string }[] = [
  { value: "input", label: "Ô nhập" },
  { value: "computed", label: "Ô tính" },
  { value: "label", label: "Nhãn" },
  { value: "not_applicable", label: "Không áp dụng" },
];

interface CellDraft {
  kind: CellKind;
  type: CellType;
  precision: number | null;
  formula: string;
  limits: LimitDraft;
}

const draftOf = (cell: Cell): CellDraft => ({
  kind: cell.kind,
  type: cell.type ?? "number",
  precision: cell.precision ?? null,
  formula: cell.formula ?? "",
  limits: limitDraft(cell.limits),
});

/** Where drafts of the version's cells are kept: one each, under row and column. */
export const cellDrafts = (version: DesignedVersion): string => `form-version/${version.id}/cell/`;

/** One cell: what it was taken for, why, and the designer's correction. */
export function CellEditorPanel({ version, picked, editable }: { version: DesignedVersion; picked: Picked; editable: boolean }) {
  const { cell, inList } = picked;
  const correct = useCorrect(version);
  const draft = useDraft({ key: `${cellDrafts(version)}${cell.row}/${cell.column}`, saved: cell, read: draftOf });
  const { kind, type, precision, formula, limits } = draft.value;
  const put = (part: Partial<CellDraft>) => draft.put({ ...draft.value, ...part });
  const limit = (part: Partial<LimitDraft>) => put({ limits: { ...limits, ...part } });
  const givesDay = kind === "computed" && type === "text";
  const read = kind === "input" ? limitsOf(limits, type) : { limits: givesDay && limits.day ? { day: true } : null };
  const figures = kind === "input" || kind === "computed";
  const save = () =>
    "limits" in read &&
    correct.mutate(
      [
        {
          row: cell.row,
          column: cell.column,
          kind,
          type: figures ? type : null,
          precision: figures && type === "number" ? precision : null,
          formula: kind === "computed" ? formula.trim() : null,
          limits: read.limits,
        },
      ],
      { onSuccess: draft.drop },
    );
  return (
    <>
      <h2>
        Ô {cell.a1}
        {inList && " (mọi dòng của danh sách)"}
      </h2>
      {cell.reason && <p>Vì sao: {cell.reason}</p>}
      <Form layout="vertical" disabled={!editable}>
        <Form.Item label="Loại ô">
          <Segmented<CellKind> vertical value={kind} onChange={(chosen) => put({ kind: chosen })} options={KINDS} disabled={!editable} />
        </Form.Item>
        {figures && (
          <Form.Item label="Nội dung">
            <Segmented<CellType>
              value={type}
              onChange={(chosen) => put({ type: chosen })}
              disabled={!editable}
              options={[
                { value: "number", label: "Số" },
                { value: "text", label: "Chữ" },
              ]}
            />
          </Form.Item>
        )}
        {figures && type === "number" && (
          <Form.Item label="Số chữ số thập phân (để trống: không giới hạn)" htmlFor="precision">
            <InputNumber id="precision" min={0} max={12} value={precision} onChange={(places) => put({ precision: places })} />
          </Form.Item>
        )}
        {kind === "input" && <LimitFields type={type} draft={limits} onChange={limit} fault={"fault" in read ? read.fault : null} />}
        {givesDay && <DayField label="Kết quả là ngày (dd/mm/yyyy)" draft={limits} onChange={limit} />}
        {kind === "computed" && (
          <Form.Item label="Công thức" htmlFor="formula" extra="Tham chiếu ô: [dòng:cột]">
            <Input.TextArea id="formula" rows={4} value={formula} onChange={(event) => put({ formula: event.target.value })} />
          </Form.Item>
        )}
        {editable && (
          <Unsaved draft={draft} saving={correct.isPending} what="ô">
            <Button type="primary" disabled={"fault" in read || draft.overtaken} loading={correct.isPending} onClick={save}>
              Lưu ô này
            </Button>
          </Unsaved>
        )}
      </Form>
      {correct.isError && <ProblemView error={correct.error} />}
    </>
  );
}
