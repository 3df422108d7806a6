import { Form, Input, Segmented, Select } from "antd";
import type { RefObject } from "react";

import { SEVERITIES } from "@/forms/rules";

import type { RuleDraft } from "./ruleDrafts";

interface Props {
  draft: RuleDraft;
  faults: readonly string[];
  lists: readonly string[];
  editable: boolean;
  condition: RefObject<HTMLTextAreaElement | null>;
  onChange: (part: Partial<RuleDraft>) => void;
}

const SEVERITY_OPTIONS = (["error", "warning", "information"] as const).map((value) => ({ value, label: SEVERITIES[value].label }));

export function RuleEditor({ draft, faults, lists, editable, condition, onChange }: Props) {
  return (
    <Form layout="vertical" disabled={!editable} className="rule-editor">
      <h2>Quy tắc {draft.id}</h2>
      <Form.Item label="Mã" htmlFor="rule-id">
        <Input id="rule-id" maxLength={40} value={draft.id} onChange={(event) => onChange({ id: event.target.value })} />
      </Form.Item>
      <Form.Item label="Mức" extra={SEVERITIES[draft.severity].hint}>
        <Segmented value={draft.severity} onChange={(severity) => onChange({ severity })} options={SEVERITY_OPTIONS} disabled={!editable} />
      </Form.Item>
      {lists.length > 0 && (
        <Form.Item label="Xét ở" htmlFor="rule-list">
          <Select
            id="rule-list"
            value={draft.listId ?? ""}
            onChange={(list: string) => onChange({ listId: list === "" ? null : list })}
            options={[{ value: "", label: "Cả biểu, một lần" }, ...lists.map((list) => ({ value: list, label: `Mỗi dòng của danh sách ${list}` }))]}
          />
        </Form.Item>
      )}
      <Form.Item label="Điều kiện phải đúng" htmlFor="rule-condition" extra={<ConditionHelp />}>
        <textarea
          id="rule-condition"
          ref={condition}
          className="rule-condition"
          rows={4}
          spellCheck={false}
          disabled={!editable}
          value={draft.typed}
          onChange={(event) => onChange({ typed: event.target.value })}
        />
      </Form.Item>
      <Form.Item label="Lời nói với người nhập (khi nhập và khi không đạt)" htmlFor="rule-message">
        <Input.TextArea id="rule-message" rows={3} maxLength={500} value={draft.message} onChange={(event) => onChange({ message: event.target.value })} />
      </Form.Item>
      {editable && faults.length > 0 && (
        <ul className="import-messages" aria-live="polite">
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
    </Form>
  );
}

function ConditionHelp() {
  return (
    <>
      Gõ địa chỉ ô (G15, G14:G18) hoặc bấm vào ô trong hình. <code>KY_TRUOC!G15</code>: kỳ trước; <code>CUNG_KY!G15</code>: cùng kỳ năm trước;{" "}
      <code>&apos;ký hiệu biểu&apos;![dòng:cột]</code>: biểu khác. Ví dụ: <code>G13=SUM(G14:G18)</code>,{" "}
      <code>ABS(G15-KY_TRUOC!G15)&lt;=20%*KY_TRUOC!G15</code>.
    </>
  );
}
