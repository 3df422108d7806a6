import { Alert, Form, Input, InputNumber, Modal, Select } from "antd";
import { useEffect, useState } from "react";
import { Link } from "react-router";

import { useEntries, type EntryKind } from "@/catalogues/api";
import { ProblemView } from "@/shared/ProblemView";

import { change, register, useAlike, useIndicatorChange, type IndicatorBody, type IndicatorSeen, type OverUnits } from "./api";
import { IndicatorSelect } from "./IndicatorSelect";
import { DIRECTIONS, RULES, TIME_KINDS, TIME_RULES } from "./words";

const EMPTY: IndicatorBody = {
  name: "",
  concept: "",
  method: "",
  source: "",
  measure_id: null,
  precision: 0,
  domain_id: null,
  direction: "neither",
  over_units: { rule: "sum", weight_id: null, numerator_id: null, denominator_id: null, scale: "1" },
  time_kind: "flow",
  over_time: "sum",
  breakdown_ids: [],
  national_code: "",
};

interface Props {
  /** None: a new indicator. */
  seen: IndicatorSeen | null;
  onClose: () => void;
  onSaved: (saved: IndicatorSeen) => void;
}

/** An indicator's draft. Where the newest version is published, saving begins the next one. */
export function IndicatorForm({ seen, onClose, onSaved }: Props) {
  const [code, setCode] = useState(seen?.code ?? "");
  const [body, setBody] = useState<IndicatorBody>(() => bodyOf(seen));
  const save = useIndicatorChange(() => (seen ? change(seen, body) : register({ ...body, code })));
  const put = (changes: Partial<IndicatorBody>) => setBody((before) => ({ ...before, ...changes }));
  const over = (changes: Partial<OverUnits>) => put({ over_units: { ...body.over_units, ...changes } });
  const { rule } = body.over_units;
  const companion = (name: "weight_id" | "numerator_id" | "denominator_id", label: string) => (
    <Form.Item label={label} htmlFor={name} required>
      <IndicatorSelect id={name} label={label} value={body.over_units[name]} known={seen?.named ?? []} onChange={(id) => over({ [name]: id })} />
    </Form.Item>
  );
  return (
    <Modal
      open
      width={760}
      title={seen ? `Sửa chỉ tiêu ${seen.code}` : "Lập chỉ tiêu"}
      okText="Lưu bản nháp"
      cancelText="Không"
      okButtonProps={{ loading: save.isPending, disabled: code.trim() === "" || body.name.trim() === "" }}
      onOk={() => save.mutate(undefined, { onSuccess: onSaved })}
      onCancel={onClose}
    >
      <Form layout="vertical" className="indicator-form">
        <Form.Item label="Mã" htmlFor="code" required>
          <Input id="code" value={code} disabled={seen !== null} onChange={(event) => setCode(event.target.value)} />
        </Form.Item>
        <Form.Item label="Tên chỉ tiêu" htmlFor="name" required>
          <Input id="name" value={body.name} onChange={(event) => put({ name: event.target.value })} />
        </Form.Item>
        {!seen && <Alike name={body.name} />}
        <Form.Item label="Khái niệm, nội dung" htmlFor="concept">
          <Input.TextArea id="concept" rows={2} value={body.concept} onChange={(event) => put({ concept: event.target.value })} />
        </Form.Item>
        <Form.Item label="Phương pháp tính" htmlFor="method">
          <Input.TextArea id="method" rows={2} value={body.method} onChange={(event) => put({ method: event.target.value })} />
        </Form.Item>
        <Form.Item label="Nguồn số liệu" htmlFor="source">
          <Input id="source" value={body.source} onChange={(event) => put({ source: event.target.value })} />
        </Form.Item>
        <div className="pair">
          <EntryField kind="measure" label="Đơn vị tính" value={body.measure_id} onChange={(measure_id) => put({ measure_id })} />
          <Form.Item label="Số chữ số thập phân" htmlFor="precision">
            <InputNumber id="precision" min={0} max={10} value={body.precision} onChange={(value) => put({ precision: value ?? 0 })} />
          </Form.Item>
          <EntryField kind="domain" label="Lĩnh vực" value={body.domain_id} onChange={(domain_id) => put({ domain_id })} />
          <Choice id="direction" label="Chiều hướng" value={body.direction} options={DIRECTIONS} onChange={(direction) => put({ direction })} />
          <Choice id="rule" label="Tổng hợp theo đơn vị" value={rule} options={RULES} onChange={(chosen) => over({ rule: chosen })} />
          <Choice
            id="time-kind"
            label="Loại theo thời gian"
            value={body.time_kind}
            options={TIME_KINDS}
            onChange={(time_kind) => put({ time_kind, over_time: time_kind === "flow" ? "sum" : "last" })}
          />
          <Choice
            id="over-time"
            label="Tổng hợp theo thời gian"
            value={body.over_time}
            options={body.time_kind === "flow" ? TIME_RULES : TIME_RULES.slice(1)}
            onChange={(over_time) => put({ over_time })}
          />
          <Form.Item label="Mã quốc gia" htmlFor="national">
            <Input id="national" value={body.national_code} onChange={(event) => put({ national_code: event.target.value })} />
          </Form.Item>
        </div>
        {rule === "weighted_mean" && companion("weight_id", "Chỉ tiêu làm trọng số")}
        {rule === "ratio_of_sums" && (
          <>
            {companion("numerator_id", "Chỉ tiêu làm tử số")}
            {companion("denominator_id", "Chỉ tiêu làm mẫu số")}
            <Form.Item label="Hệ số (100 cho phần trăm)" htmlFor="scale">
              <Input id="scale" value={body.over_units.scale} onChange={(event) => over({ scale: event.target.value.trim() || "1" })} />
            </Form.Item>
          </>
        )}
        <Breakdowns value={body.breakdown_ids} onChange={(breakdown_ids) => put({ breakdown_ids })} />
      </Form>
      {save.isError && <ProblemView error={save.error} />}
    </Modal>
  );
}

/** Asked before anything is saved: perhaps the indicator is there already. */
function Alike({ name }: { name: string }) {
  const [asked, setAsked] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setAsked(name.trim()), 400);
    return () => clearTimeout(timer);
  }, [name]);
  const alike = useAlike(asked).data?.items ?? [];
  if (alike.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      role="status"
      title="Danh mục đã có chỉ tiêu tên gần giống; dùng lại nếu là một"
      description={
        <ul className="plain-list">
          {alike.map((one) => (
            <li key={one.id}>
              <Link to={`/chi-tieu/${one.id}`}>
                {one.code} – {one.name}
              </Link>{" "}
              {one.measure && `(${one.measure})`}
            </li>
          ))}
        </ul>
      }
    />
  );
}

function EntryField({ kind, label, value, onChange }: { kind: EntryKind; label: string; value: string | null; onChange: (id: string | null) => void }) {
  const entries = useEntries(kind).data?.items ?? [];
  return (
    <Form.Item label={label} htmlFor={kind}>
      <Select<string>
        id={kind}
        aria-label={label}
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        value={value ?? null}
        options={entries.filter((one) => !one.retired || one.id === value).map((one) => ({ value: one.id, label: one.symbol ? `${one.name} (${one.symbol})` : one.name }))}
        onChange={(chosen: string | undefined) => onChange(chosen ?? null)}
      />
    </Form.Item>
  );
}

function Breakdowns({ value, onChange }: { value: string[]; onChange: (ids: string[]) => void }) {
  const entries = useEntries("breakdown").data?.items ?? [];
  return (
    <Form.Item label="Phân tổ" htmlFor="breakdowns">
      <Select<string[]>
        id="breakdowns"
        aria-label="Phân tổ"
        mode="multiple"
        value={value}
        options={entries.filter((one) => !one.retired || value.includes(one.id)).map((one) => ({ value: one.id, label: one.name }))}
        onChange={onChange}
      />
    </Form.Item>
  );
}

function Choice({ id, label, value, options, onChange }: { id: string; label: string; value: string; options: { value: string; label: string }[]; onChange: (value: string) => void }) {
  return (
    <Form.Item label={label} htmlFor={id}>
      <Select<string> id={id} aria-label={label} value={value} options={options} onChange={onChange} />
    </Form.Item>
  );
}

function bodyOf(seen: IndicatorSeen | null): IndicatorBody {
  const latest = seen?.versions[0];
  if (!latest) return EMPTY;
  return Object.fromEntries(Object.keys(EMPTY).map((name) => [name, latest[name as keyof IndicatorBody]])) as unknown as IndicatorBody;
}
