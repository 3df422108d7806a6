import { Button, Form, Input, Select, Upload } from "antd";
import { useState } from "react";

import { useUnits } from "@/accounts/api";
import { ProblemView } from "@/shared/ProblemView";

import { CONTENTS, useSend, type Asked, type Registration } from "./api";

interface Props {
  /** A registration that was returned and goes again. */
  again?: Registration;
  onSent: (id: string) => void;
}

/** The workbook with what the province's text asks beside it; what is missing is named by the service. */
export function AskedForm({ again, onSent }: Props) {
  const [file, setFile] = useState<File | null>(null);
  const [q, setQ] = useState("");
  const units = useUnits(q);
  const send = useSend(again);
  return (
    <Form
      layout="vertical"
      className="regime-form"
      initialValues={again?.asked ?? { content: "figures" }}
      onFinish={({ lead_unit_id, ...asked }: Asked & { lead_unit_id?: string }) =>
        send.mutate({ asked, file, lead_unit_id: lead_unit_id ?? null }, { onSuccess: ({ id }) => onSent(id) })
      }
    >
      <Form.Item label={again ? `Tệp .xlsx (để trống: giữ ${again.file_name})` : "Tệp biểu mẫu .xlsx"} required={!again}>
        <Upload
          accept=".xlsx"
          maxCount={1}
          beforeUpload={(chosen) => {
            setFile(chosen);
            return false;
          }}
          onRemove={() => setFile(null)}
        >
          <Button>Chọn tệp…</Button>
        </Upload>
      </Form.Item>
      <Form.Item name="form_name" label="Tên biểu mẫu báo cáo" rules={[{ required: true, message: "Nhập tên biểu mẫu." }]}>
        <Input />
      </Form.Item>
      <Form.Item name="legal_basis" label="Căn cứ pháp lý">
        <Input.TextArea rows={2} />
      </Form.Item>
      <Form.Item name="reporting_units" label="Danh sách đối tượng báo cáo">
        <Input.TextArea rows={2} />
      </Form.Item>
      <Form.Item name="deadline" label="Thời hạn gửi báo cáo">
        <Input />
      </Form.Item>
      <Form.Item name="aggregator" label="Cán bộ thực hiện tổng hợp">
        <Input />
      </Form.Item>
      <Form.Item name="approver" label="Lãnh đạo duyệt báo cáo">
        <Input />
      </Form.Item>
      <Form.Item name="content" label="Dạng báo cáo">
        <Select options={CONTENTS} />
      </Form.Item>
      {!again && (
        <Form.Item name="lead_unit_id" label="Cơ quan chủ trì (để trống: đơn vị của tôi)">
          <Select allowClear showSearch={{ filterOption: false, onSearch: setQ }} options={(units.data?.items ?? []).map((unit) => ({ value: unit.id, label: unit.name }))} />
        </Form.Item>
      )}
      <Form.Item name="note" label="Ghi chú cho bên thiết kế">
        <Input.TextArea rows={2} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={send.isPending} disabled={!again && file === null}>
        {again ? "Gửi lại đăng ký" : "Gửi đăng ký"}
      </Button>
      {send.isError && <ProblemView error={send.error} />}
    </Form>
  );
}
