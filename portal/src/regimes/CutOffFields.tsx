import { Button, Form, InputNumber, Select } from "antd";

const MONTHS = [
  { value: -1, label: "tháng trước" },
  { value: 0, label: "cùng tháng" },
  { value: 1, label: "tháng sau" },
];

/** A span of figures the regime states itself; where it states none, the province's own rule holds. */
export function CutOffFields() {
  return (
    <fieldset className="deadline-fields">
      <legend>Thời gian chốt số liệu (để trống: theo quy chế của tỉnh)</legend>
      <Form.List name="cut_offs">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="filters">
                <span>Từ ngày</span>
                <Edge name={[name, "from_edge"]} words="bắt đầu" of="tháng đầu kỳ" />
                <span>đến hết ngày</span>
                <Edge name={[name, "to_edge"]} words="kết thúc" of="tháng cuối kỳ" />
                <Button onClick={() => remove(name)}>Bỏ</Button>
              </div>
            ))}
            {fields.length === 0 && (
              <Button onClick={() => add({ from_edge: { of: "first", months: -1, day: 15 }, to_edge: { of: "last", months: 0, day: 14 } })}>Đặt thời gian chốt riêng</Button>
            )}
          </>
        )}
      </Form.List>
    </fieldset>
  );
}

function Edge({ name, words, of }: { name: [number, string]; words: string; of: string }) {
  return (
    <>
      <Form.Item name={[...name, "day"]} noStyle>
        <InputNumber min={1} max={31} aria-label={`Ngày ${words} chốt số liệu`} />
      </Form.Item>
      <Form.Item name={[...name, "months"]} noStyle>
        <Select className="filter-short" aria-label={`Tháng ${words} chốt số liệu`} options={MONTHS.map((month) => ({ ...month, label: `${month.label} so với ${of}` }))} />
      </Form.Item>
    </>
  );
}
