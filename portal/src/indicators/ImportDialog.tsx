import { Alert, Button, Checkbox, Modal, Upload } from "antd";
import { useState } from "react";

import { asProblem } from "@/api/problem";
import { ProblemView } from "@/shared/ProblemView";

import { importTable, useIndicatorChange, type Imported } from "./api";

interface RowFault {
  row: number;
  column: string;
  message: string;
}

/** A table is looked at first and taken whole or not at all; every fault is shown by its row. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [file, setFile] = useState<File | null>(null);
  const [publishNow, setPublishNow] = useState(false);
  const take = useIndicatorChange(importTable);
  const checked = take.data;
  const send = (dryRun: boolean) => file && take.mutate({ file, publish: publishNow, dryRun });
  return (
    <Modal
      open
      title="Nhận chỉ tiêu từ bảng"
      footer={[
        <Button key="close" onClick={onClose}>
          Đóng
        </Button>,
        <Button key="check" disabled={!file} loading={take.isPending} onClick={() => send(true)}>
          Kiểm tra
        </Button>,
        <Button key="take" type="primary" disabled={!file} loading={take.isPending} onClick={() => send(false)}>
          Nhận bảng
        </Button>,
      ]}
      onCancel={onClose}
    >
      <p>Bảng có các cột như bảng tải về từ danh mục chỉ tiêu. Bảng có dòng sai thì không dòng nào được nhận.</p>
      <Upload
        accept=".xlsx,.csv"
        maxCount={1}
        beforeUpload={(chosen) => {
          setFile(chosen);
          take.reset();
          return false;
        }}
        onRemove={() => setFile(null)}
      >
        <Button>Chọn tệp .xlsx, .csv…</Button>
      </Upload>
      <p>
        <Checkbox checked={publishNow} onChange={(event) => setPublishNow(event.target.checked)}>
          Công bố luôn
        </Checkbox>
      </p>
      {checked && <Outcome imported={checked} />}
      {take.isError && <Faults error={take.error} />}
    </Modal>
  );
}

function Outcome({ imported }: { imported: Imported }) {
  const { registered, changed, unchanged, published } = imported;
  return (
    <Alert
      type="success"
      showIcon
      role="status"
      title={imported.dry_run ? "Bảng hợp lệ, chưa nhận dòng nào" : "Đã nhận bảng"}
      description={`${registered.length} chỉ tiêu mới, ${changed.length} chỉ tiêu sửa, ${unchanged.length} không đổi, ${published} công bố.`}
    />
  );
}

function Faults({ error }: { error: unknown }) {
  const rows = (asProblem(error).body.details?.rows ?? []) as RowFault[];
  if (rows.length === 0) return <ProblemView error={error} />;
  return (
    <table className="plain-table">
      <caption>Chưa dòng nào được nhận, vì:</caption>
      <thead>
        <tr>
          <th scope="col">Dòng</th>
          <th scope="col">Cột</th>
          <th scope="col">Lỗi</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((fault, index) => (
          <tr key={index}>
            <td className="number">{fault.row}</td>
            <td>{fault.column}</td>
            <td>{fault.message}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
