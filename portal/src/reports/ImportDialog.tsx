import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Modal, Upload } from "antd";
import { InboxOutlined } from "@ant-design/icons";
import { useState } from "react";

import { call } from "@/api/http";
import { ProblemView } from "@/shared/ProblemView";
import { FileProblem } from "@/text/FileProblem";

import type { Check } from "./api";

/** What the service answers to a filled workbook, tried or taken. */
export interface ImportAnswer {
  applied: boolean;
  changed: { row: string; column: string }[];
  kept: { row: string; column: string }[];
  list_rows: { id: string; deleted: boolean }[];
  refused: Check[];
  messages: Check[];
}

interface Props {
  path: string;
  onClose: () => void;
  onApplied: () => void;
}

/** Two steps: the file is first tried without storing anything, then taken by the person's word. */
export function ImportDialog({ path, onClose, onApplied }: Props) {
  const [file, setFile] = useState<File | null>(null);
  const send = (chosen: File, dryRun: boolean) => {
    const form = new FormData();
    form.append("file", chosen);
    return call<ImportAnswer>("submission", path, { method: "POST", form, query: { dry_run: dryRun } });
  };
  const preview = useMutation({ mutationFn: (chosen: File) => send(chosen, true) });
  const apply = useMutation({ mutationFn: (chosen: File) => send(chosen, false), onSuccess: onApplied });
  const found = preview.data;
  const take = (chosen: File) => {
    setFile(chosen);
    preview.mutate(chosen);
  };

  return (
    <Modal
      open
      width={720}
      title="Nạp số liệu từ tệp Excel đã điền"
      onCancel={onClose}
      footer={[
        <Button key="close" onClick={onClose}>
          Đóng, không nạp
        </Button>,
        <Button key="apply" type="primary" disabled={!file || !found} loading={apply.isPending} onClick={() => file && apply.mutate(file)}>
          Nạp vào báo cáo
        </Button>,
      ]}
    >
      <Upload.Dragger
        accept=".xlsx"
        maxCount={1}
        beforeUpload={(chosen) => {
          take(chosen);
          return false;
        }}
        onRemove={() => {
          setFile(null);
          preview.reset();
        }}
      >
        <p>
          <InboxOutlined aria-hidden /> Kéo tệp .xlsx vào đây hoặc bấm để chọn. Tệp phải đúng biểu mẫu này; tải biểu trống ở nút “Tải về”.
        </p>
      </Upload.Dragger>
      {preview.isPending && <p role="status">Đang đọc thử tệp, chưa ghi gì…</p>}
      {preview.isError && <FileProblem error={preview.error} file={file} onConverted={take} />}
      {apply.isError && <ProblemView error={apply.error} />}
      {found && <Preview answer={found} />}
    </Modal>
  );
}

function Preview({ answer }: { answer: ImportAnswer }) {
  const messages = [...answer.refused, ...answer.messages];
  const rows = answer.list_rows.filter((row) => !row.deleted).length;
  return (
    <div className="import-preview">
      <Alert
        type="info"
        showIcon
        title={
          answer.changed.length === 0
            ? "Tệp đọc được; số liệu giống hệt trong báo cáo. Chưa có gì được ghi."
            : `Tệp đọc được. Sẽ thay đổi ${answer.changed.length} ô${rows > 0 ? `, thêm ${rows} dòng` : ""}. Chưa có gì được ghi.`
        }
        description={
          answer.kept.length > 0
            ? `${answer.kept.length} ô trong tệp để trống nhưng báo cáo đang có số liệu: số liệu được giữ nguyên.`
            : "Ô trống trong tệp không xóa số liệu đang có."
        }
      />
      {messages.length > 0 && (
        <ul className="import-messages">
          {messages.slice(0, 40).map((item, index) => (
            <li key={index}>
              {item.a1 ? `Ô ${item.a1}: ` : ""}
              {item.message}
            </li>
          ))}
          {messages.length > 40 && <li>và {messages.length - 40} điều khác</li>}
        </ul>
      )}
    </div>
  );
}
