import { Checkbox, Form, Input, InputNumber } from "antd";

import type { LimitDraft } from "@/forms/limits";
import type { CellType } from "@/forms/model";

interface Props {
  type: CellType;
  draft: LimitDraft;
  onChange: (part: Partial<LimitDraft>) => void;
  fault: string | null;
}

/** What an input cell takes beside its type: a range, or a length, a list of choices, a day. */
export function LimitFields({ type, draft, onChange, fault }: Props) {
  if (type === "number") {
    return (
      <Form.Item label="Giới hạn (để trống: không giới hạn)" {...(fault !== null && { validateStatus: "error" as const, help: fault })}>
        <Input className="limit" aria-label="Nhỏ nhất" prefix="từ" value={draft.least} onChange={(event) => onChange({ least: event.target.value })} />
        <Input className="limit" aria-label="Lớn nhất" prefix="đến" value={draft.most} onChange={(event) => onChange({ most: event.target.value })} />
      </Form.Item>
    );
  }
  return (
    <>
      <Form.Item label="Danh sách chọn, mỗi dòng một giá trị" htmlFor="choices">
        <Input.TextArea id="choices" rows={3} value={draft.choices} onChange={(event) => onChange({ choices: event.target.value })} />
      </Form.Item>
      <Form.Item label="Nhiều nhất (ký tự)" htmlFor="longest">
        <InputNumber id="longest" min={1} max={32_000} precision={0} value={draft.longest} onChange={(longest) => onChange({ longest })} />
      </Form.Item>
      <DayField label="Ghi ngày (dd/mm/yyyy)" draft={draft} onChange={onChange} />
    </>
  );
}

/** Whether the cell holds a day: typed into it, or what its formula's number counts. */
export function DayField({ label, draft, onChange }: Pick<Props, "draft" | "onChange"> & { label: string }) {
  return (
    <Form.Item>
      <Checkbox checked={draft.day} onChange={(event) => onChange({ day: event.target.checked })}>
        {label}
      </Checkbox>
    </Form.Item>
  );
}
