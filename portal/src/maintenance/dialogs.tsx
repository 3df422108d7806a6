import { App, Button, Input, Modal } from "antd";
import { useState } from "react";

import { DayField } from "@/shared/DayField";
import { Loaded } from "@/shared/Loaded";
import { ProblemView } from "@/shared/ProblemView";

import { cancel, record, useDraft, useMaintenanceAct, type Maintenance } from "./api";

interface Props {
  one: Maintenance;
  onClose: () => void;
}

/** The text that goes into the e-document system or an official e-mail. */
export function DraftDialog({ one, onClose }: Props) {
  const { message } = App.useApp();
  const draft = useDraft(one.id);
  return (
    <Modal open title="Dự thảo thông báo" width={760} onCancel={onClose} footer={<Button onClick={onClose}>Đóng</Button>}>
      <p className="muted">Chép vào phần mềm quản lý văn bản hoặc thư công vụ; khi đã phát hành, ghi lại số và ngày văn bản.</p>
      <Loaded query={draft}>
        {({ title, body }) => (
          <>
            <Button
              onClick={() =>
                void navigator.clipboard.writeText(`${title}\n\n${body}`).then(() => message.success("Đã chép dự thảo."))
              }
            >
              Chép toàn văn
            </Button>
            <pre className="maintenance-draft" tabIndex={0}>
              {title}
              {"\n\n"}
              {body}
            </pre>
          </>
        )}
      </Loaded>
    </Modal>
  );
}

export function RecordDialog({ one, onClose }: Props) {
  const [number, setNumber] = useState(one.document?.number ?? "");
  const [issuedOn, setIssuedOn] = useState(one.document?.issued_on ?? "");
  const recording = useMaintenanceAct(() => record(one, { number, issued_on: issuedOn }), onClose);
  return (
    <Modal
      open
      title="Ghi số văn bản thông báo"
      okText="Ghi"
      okButtonProps={{ disabled: !number.trim() || !issuedOn, loading: recording.isPending }}
      onOk={() => recording.mutate(undefined)}
      onCancel={onClose}
    >
      <div className="maintenance-form">
        <label>
          Số, ký hiệu
          <Input value={number} maxLength={100} placeholder="15/TB-SKHCN" onChange={(event) => setNumber(event.target.value)} />
        </label>
        <label>
          Ngày ban hành
          <DayField value={issuedOn} onChange={setIssuedOn} />
        </label>
        {recording.isError && <ProblemView error={recording.error} />}
      </div>
    </Modal>
  );
}

export function CancelDialog({ one, onClose }: Props) {
  const [reason, setReason] = useState("");
  const cancelling = useMaintenanceAct(() => cancel(one, reason), onClose);
  return (
    <Modal
      open
      title={`Hủy đợt bảo trì “${one.title}”`}
      okText="Hủy đợt bảo trì"
      cancelText="Quay lại"
      okButtonProps={{ danger: true, disabled: reason.trim().length < 5, loading: cancelling.isPending }}
      onOk={() => cancelling.mutate(undefined)}
      onCancel={onClose}
    >
      <div className="maintenance-form">
        <label>
          Lý do
          <Input.TextArea value={reason} maxLength={2000} rows={3} onChange={(event) => setReason(event.target.value)} />
        </label>
        {cancelling.isError && <ProblemView error={cancelling.error} />}
      </div>
    </Modal>
  );
}
