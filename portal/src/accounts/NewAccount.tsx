import { Alert, Form, Input, Modal, Select } from "antd";
import { useState } from "react";

import { call } from "@/api/http";
import { compareVietnamese } from "@/shared/order";
import { ProblemView } from "@/shared/ProblemView";

import { useAccountChange, useUnits } from "./api";

interface Fields {
  username: string;
  full_name: string;
  position_title?: string;
  email?: string;
  unit_id: string;
}

/** The temporary password is shown once; its change at first login is Keycloak's page. */
export function NewAccount({ onClose }: { onClose: () => void }) {
  const [form] = Form.useForm<Fields>();
  const [q, setQ] = useState("");
  const units = useUnits(q);
  const open = useAccountChange((fields: Fields) => call<{ username: string; temporary_password: string | null }>("identity", "/accounts", { method: "POST", body: fields }));
  const made = open.data;
  return (
    <Modal
      open
      title="Mở tài khoản"
      okText={made ? "Xong" : "Mở tài khoản"}
      cancelText="Đóng"
      okButtonProps={{ loading: open.isPending }}
      onOk={() => (made ? onClose() : form.submit())}
      onCancel={onClose}
    >
      {made ? (
        <Alert type="success" showIcon title={`Đã mở tài khoản ${made.username}. Mật khẩu tạm: ${made.temporary_password ?? "đặt sau"}`} description="Mật khẩu chỉ hiện một lần này." />
      ) : (
        <Form form={form} layout="vertical" onFinish={(fields) => open.mutate(fields)}>
          <Form.Item name="full_name" label="Họ và tên" rules={[{ required: true, message: "Nhập họ và tên." }]}>
            <Input />
          </Form.Item>
          <Form.Item name="username" label="Tên đăng nhập" rules={[{ required: true, message: "Nhập tên đăng nhập." }]}>
            <Input autoComplete="off" />
          </Form.Item>
          <Form.Item name="unit_id" label="Đơn vị" rules={[{ required: true, message: "Chọn đơn vị." }]}>
            <Select
              showSearch={{ filterOption: false, onSearch: setQ }}
              loading={units.isFetching}
              options={[...(units.data?.items ?? [])].sort((a, b) => compareVietnamese(a.name, b.name)).map((unit) => ({ value: unit.id, label: unit.name }))}
            />
          </Form.Item>
          <Form.Item name="position_title" label="Chức danh">
            <Input />
          </Form.Item>
          <Form.Item name="email" label="Thư điện tử công vụ">
            <Input type="email" />
          </Form.Item>
        </Form>
      )}
      {open.isError && <ProblemView error={open.error} />}
    </Modal>
  );
}
