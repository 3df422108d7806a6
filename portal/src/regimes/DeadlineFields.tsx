import { Button, Form, Input, InputNumber, Select } from "antd";

import { DayField } from "@/shared/DayField";

const WORDINGS = [
  { value: "chậm nhất", label: "chậm nhất (kể cả ngày đó)" },
  { value: "trước", label: "trước (không kể ngày đó)" },
];

const RULES = [
  { value: "fixed_day", label: "ngày cố định của tháng" },
  { value: "days_after", label: "số ngày sau khi hết kỳ" },
  { value: "fixed_date", label: "một ngày cụ thể" },
];

/** The deadlines a regime states itself; where it states none, the province's own rule holds. */
export function DeadlineFields() {
  return (
    <fieldset className="deadline-fields">
      <legend>Thời hạn gửi báo cáo (để trống: theo quy chế của tỉnh)</legend>
      <Form.List name="deadlines">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="filters">
                <Form.Item name={[name, "wording"]} noStyle>
                  <Select aria-label="Cách nói thời hạn" className="filter-state" options={WORDINGS} />
                </Form.Item>
                <Form.Item name={[name, "kind"]} noStyle>
                  <Select aria-label="Cách tính thời hạn" className="filter-state" options={RULES} />
                </Form.Item>
                <Form.Item noStyle shouldUpdate>
                  {(form) => <Amount name={name} kind={String(form.getFieldValue(["deadlines", name, "kind"]))} />}
                </Form.Item>
                <Form.Item name={[name, "hour"]} noStyle getValueFromEvent={(event: { target: { value: string } }) => event.target.value || null}>
                  <Input type="time" className="short" aria-label="Giờ (để trống: hết ngày)" />
                </Form.Item>
                <Button onClick={() => remove(name)}>Bỏ</Button>
              </div>
            ))}
            <Button onClick={() => add({ kind: "fixed_day", wording: "chậm nhất", day: 20, months_after: 1 })}>Thêm thời hạn</Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}

function Amount({ name, kind }: { name: number; kind: string }) {
  if (kind === "days_after") {
    return (
      <>
        <Form.Item name={[name, "days"]} noStyle>
          <InputNumber min={0} max={366} suffix="ngày" aria-label="Số ngày sau khi hết kỳ" />
        </Form.Item>
        <Form.Item name={[name, "working"]} noStyle>
          <Select
            aria-label="Loại ngày"
            options={[
              { value: true, label: "ngày làm việc" },
              { value: false, label: "ngày lịch" },
            ]}
          />
        </Form.Item>
      </>
    );
  }
  if (kind === "fixed_date") {
    return (
      <Form.Item name={[name, "on"]} noStyle>
        <DayField className="short" aria-label="Ngày" />
      </Form.Item>
    );
  }
  return (
    <>
      <Form.Item name={[name, "day"]} noStyle>
        <InputNumber min={1} max={31} prefix="ngày" aria-label="Ngày trong tháng" />
      </Form.Item>
      <Form.Item name={[name, "months_after"]} noStyle>
        <Select
          aria-label="Của tháng"
          options={[
            { value: 0, label: "của tháng cuối kỳ" },
            { value: 1, label: "của tháng liền sau kỳ" },
            { value: 2, label: "của tháng thứ hai sau kỳ" },
          ]}
        />
      </Form.Item>
    </>
  );
}
