import { Button, Form, Input, Select } from "antd";
import { useState } from "react";

import { DayField } from "@/shared/DayField";
import { useAccounts } from "@/accounts/api";

import { CutOffFields } from "./CutOffFields";

export const SENDING_WAYS = [
  { value: "system", label: "Trên Hệ thống thông tin báo cáo" },
  { value: "document_axis", label: "Qua trục liên thông văn bản" },
  { value: "email", label: "Thư điện tử công vụ" },
  { value: "paper", label: "Bản giấy" },
];

export const FILING_PLACES = [
  { value: "", label: "Chưa nêu" },
  { value: "province_system", label: "Trên Hệ thống của tỉnh" },
  { value: "ministry_system", label: "Trên hệ thống riêng của bộ, ngành (chỉ liệt kê, không giao)" },
  { value: "other", label: "Cách khác" },
];

export const UNIT_LEVELS = [
  { value: "department", label: "Sở, ban, ngành" },
  { value: "district", label: "Cấp huyện" },
  { value: "commune", label: "Cấp xã" },
  { value: "unit", label: "Đơn vị trực thuộc" },
  { value: "office", label: "Phòng, ban" },
];

interface Option {
  value: string;
  label: string;
}

/** The items of Decree 09/2019/NĐ-CP, articles 7 and 8, that aren't forms or deadlines. */
export function ContentFields({ units, onSearch }: { units: Option[]; onSearch: (q: string) => void }) {
  return (
    <>
      <Form.Item name="content_asked" label="Nội dung yêu cầu báo cáo">
        <Input.TextArea rows={2} />
      </Form.Item>
      <LegalDocuments />
      <Form.Item name="unit_levels" label="Thêm mọi đơn vị thuộc cấp">
        <Select mode="multiple" options={UNIT_LEVELS} />
      </Form.Item>
      <Form.Item name="excepted_unit_ids" label="Trừ các đơn vị">
        <Select mode="multiple" showSearch={{ filterOption: false, onSearch }} options={units} maxTagCount={12} />
      </Form.Item>
      <Form.Item name="sending_ways" label="Phương thức gửi, nhận">
        <Select mode="multiple" options={SENDING_WAYS} />
      </Form.Item>
      <Form.Item noStyle shouldUpdate={(before: { origin: string }, after: { origin: string }) => before.origin !== after.origin}>
        {({ getFieldValue }) =>
          getFieldValue("origin") === "government" && (
            <>
              <Form.Item name="filing_place" label="Nơi phải thực hiện chế độ của bộ, ngành">
                <Select options={FILING_PLACES} />
              </Form.Item>
              <Form.Item name="filing_system" label="Tên hệ thống hoặc cách thực hiện">
                <Input />
              </Form.Item>
            </>
          )
        }
      </Form.Item>
      <Accounts />
      <CutOffFields />
      <Form.Item name="process" label="Các bước của quy trình báo cáo">
        <Select mode="tags" open={false} placeholder="Gõ từng bước rồi bấm Enter" />
      </Form.Item>
      <Form.Item name="guidance" label="Hướng dẫn thực hiện">
        <Input.TextArea rows={3} />
      </Form.Item>
    </>
  );
}

/** Named accounts; left empty, whoever holds the rights by the province's text. */
function Accounts() {
  const [q, setQ] = useState("");
  const accounts = useAccounts({ q });
  const options = (accounts.data?.items ?? []).map((one) => ({ value: one.id, label: one.full_name || one.username }));
  const select = <Select mode="multiple" showSearch={{ filterOption: false, onSearch: setQ }} options={options} />;
  return (
    <>
      <Form.Item name="receiver_account_ids" label="Tài khoản tiếp nhận (để trống: theo quyền)">
        {select}
      </Form.Item>
      <Form.Item name="approver_account_ids" label="Tài khoản duyệt (để trống: theo quyền)">
        {select}
      </Form.Item>
    </>
  );
}

function LegalDocuments() {
  return (
    <fieldset className="deadline-fields">
      <legend>Văn bản quy định chế độ báo cáo</legend>
      <Form.List name="legal_documents">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="filters">
                <Form.Item name={[name, "title"]} noStyle>
                  <Input className="filter-text" aria-label="Tên văn bản" placeholder="Tên văn bản" />
                </Form.Item>
                <Form.Item name={[name, "number"]} noStyle>
                  <Input className="filter-short" aria-label="Số, ký hiệu" placeholder="Số, ký hiệu" />
                </Form.Item>
                <Form.Item name={[name, "issuer"]} noStyle>
                  <Input className="filter-short" aria-label="Cơ quan ban hành" placeholder="Cơ quan ban hành" />
                </Form.Item>
                <label>
                  Ngày ban hành
                  <Form.Item name={[name, "issued_on"]} noStyle>
                    <DayField aria-label="Ngày ban hành" />
                  </Form.Item>
                </label>
                <label>
                  Có hiệu lực từ
                  <Form.Item name={[name, "in_force_from"]} noStyle>
                    <DayField aria-label="Có hiệu lực từ" />
                  </Form.Item>
                </label>
                <label>
                  đến
                  <Form.Item name={[name, "in_force_to"]} noStyle>
                    <DayField aria-label="Hết hiệu lực ngày" />
                  </Form.Item>
                </label>
                <Button onClick={() => remove(name)}>Bỏ</Button>
              </div>
            ))}
            <Button onClick={() => add({ title: "", number: "", issuer: "" })}>Thêm văn bản</Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}
