import { Alert, Button, Input, Modal, Upload } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";

import { moment } from "@/shared/dates";
import { ProblemView } from "@/shared/ProblemView";

import { useImportPackage } from "./library";

/** A package is always looked into first; only then is it taken in. */
export function ImportPackage({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const dry = useImportPackage();
  const real = useImportPackage();
  const [file, setFile] = useState<File | null>(null);
  const [code, setCode] = useState("");
  const found = dry.data;
  const look = (chosen: File, wanted: string) => dry.mutate({ file: chosen, code: wanted, dryRun: true });
  return (
    <Modal
      open
      title="Nhận gói biểu mẫu của tỉnh khác"
      okText="Nhận vào"
      cancelText="Không"
      okButtonProps={{ disabled: !found || found.code_taken, loading: real.isPending }}
      onOk={() => file && real.mutate({ file, code, dryRun: false }, { onSuccess: ({ form_id }) => void navigate(`/bieu-mau/${form_id}`) })}
      onCancel={onClose}
    >
      <Upload
        accept=".zip"
        maxCount={1}
        beforeUpload={(chosen) => {
          setFile(chosen);
          look(chosen, code);
          return false;
        }}
      >
        <Button loading={dry.isPending}>Chọn gói .zip…</Button>
      </Upload>
      {found && (
        <>
          <p>
            <b>{found.name}</b>, phiên bản {found.number}, do {found.source} xuất lúc {moment(found.made_at)}. Chữ ký còn nguyên vẹn.
          </p>
          <p>
            {found.sheets.length} trang ({found.sheets.join(", ")}), {found.input_cells} ô nhập, {found.computed_cells} ô tính.
          </p>
          {found.code_taken && <Alert type="warning" showIcon title={`Mã “${found.code}” đã được dùng; nhập mã khác rồi chạy thử lại.`} />}
          <Input.Search aria-label="Mã biểu mẫu khi nhận vào" placeholder={found.code} value={code} enterButton="Chạy thử lại" onChange={(event) => setCode(event.target.value)} onSearch={() => file && look(file, code)} />
        </>
      )}
      {dry.isError && <ProblemView error={dry.error} />}
      {real.isError && <ProblemView error={real.error} />}
    </Modal>
  );
}
