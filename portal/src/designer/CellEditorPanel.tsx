import { Button, Form, Input, InputNumber, Segmented } from "antd";
import { useState } from "react";

import { limitDraft, limitsOf } from "@/forms/limits";
import type { CellKind, CellType } from "@/forms/model";
import { ProblemView } from "@/shared/ProblemView";

import { useCorrect, type DesignedVersion } from "./api";
import { LimitFields } from "./LimitFields";
import type { Picked } from "./SheetPicture";

const KINDS: { value: CellKind; label: string }[] = [
  { value: "input", label: "Ô nhập" },
  { value: "computed", label: "Ô tính" },
  { value: "label", label: "Nhãn" },
  { value: "not_applicable", label: "Không áp dụng" },
];

/** One cell: what it was taken for, why, and the designer's correction. */
export function CellEditorPanel({ version, picked, editable }: { version: DesignedVersion; picked: Picked; editable: boolean }) {
  const { cell, inList } = picked;
  const correct = useCorrect(version);
  const [kind, setKind] = useState<CellKind>(cell.kind);
  const [type, setType] = useState<CellType>(cell.type ?? "number");
  const [precision, setPrecision] = useState<number | null>(cell.precision ?? null);
  const [formula, setFormula] = useState(cell.formula ?? "");
  const [limits, setLimits] = useState(() => limitDraft(cell.limits));
  const read = kind === "input" ? limitsOf(limits, type) : { limits: null };
  const figures = kind === "input" || kind === "computed";
  const save = () =>
    "limits" in read &&
    correct.mutate([
      {
        row: cell.row,
        column: cell.column,
        kind,
        type: figures ? type : null,
        precision: figures && type === "number" ? precision : null,
        formula: kind === "computed" ? formula.trim() : null,
        limits: read.limits,
      },
    ]);
  return (
    <>
      <h2>
        Ô {cell.a1}
        {inList && " (mọi dòng của danh sách)"}
      </h2>
      {cell.reason && <p>Vì sao: {cell.reason}</p>}
      <Form layout="vertical" disabled={!editable}>
        <Form.Item label="Loại ô">
          <Segmented<CellKind> vertical value={kind} onChange={setKind} options={KINDS} disabled={!editable} />
        </Form.Item>
        {figures && (
          <Form.Item label="Nội dung">
            <Segmented<CellType>
              value={type}
              onChange={setType}
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
            <InputNumber id="precision" min={0} max={12} value={precision} onChange={setPrecision} />
          </Form.Item>
        )}
        {kind === "input" && (
          <LimitFields type={type} draft={limits} onChange={(part) => setLimits({ ...limits, ...part })} fault={"fault" in read ? read.fault : null} />
        )}
        {kind === "computed" && (
          <Form.Item label="Công thức" htmlFor="formula" extra="Tham chiếu ô: [dòng:cột]">
            <Input.TextArea id="formula" rows={4} value={formula} onChange={(event) => setFormula(event.target.value)} />
          </Form.Item>
        )}
        {editable && (
          <Button type="primary" disabled={"fault" in read} loading={correct.isPending} onClick={save}>
            Lưu ô này
          </Button>
        )}
      </Form>
      {correct.isError && <ProblemView error={correct.error} />}
    </>
  );
}
