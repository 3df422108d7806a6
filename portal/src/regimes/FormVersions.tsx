import { Alert, App, Button, Modal } from "antd";
import { useState } from "react";
import { Link } from "react-router";

import { useDesignedVersion, useForm, type DesignedVersion, type VersionSummary } from "@/designer/api";
import { ProblemView } from "@/shared/ProblemView";

import { useTakeVersion, type Regime, type VersionTaken } from "./api";

/** The versions of forms that an active regime uses, and newer ones that its owner may take. */
export function FormVersions({ regime, editable }: { regime: Regime; editable: boolean }) {
  const [taken, setTaken] = useState<VersionTaken | null>(null);
  return (
    <section>
      <h2>Phiên bản biểu mẫu đang dùng</h2>
      {taken && taken.rows_fallen.length > 0 && <FallenRows taken={taken} />}
      <ul className="form-versions">
        {regime.form_version_ids.map((id) => (
          <UsedVersion key={id} id={id} regime={regime} editable={editable} onTaken={setTaken} />
        ))}
      </ul>
    </section>
  );
}

interface UsedProps {
  id: string;
  regime: Regime;
  editable: boolean;
  onTaken: (taken: VersionTaken) => void;
}

function UsedVersion({ id, regime, editable, onTaken }: UsedProps) {
  const used = useDesignedVersion(id).data;
  return used ? <UsedForm used={used} regime={regime} editable={editable} onTaken={onTaken} /> : null;
}

function UsedForm({ used, regime, editable, onTaken }: Omit<UsedProps, "id"> & { used: DesignedVersion }) {
  const versions = useForm(used.form_id).data?.versions ?? [];
  const newest = versions.filter((one) => one.state === "published" && one.number > used.number).sort((a, b) => b.number - a.number)[0];
  const [open, setOpen] = useState(false);
  return (
    <li>
      {used.code} – {used.name}: phiên bản {used.number}
      {editable && newest && (
        <>
          {" "}
          <Button size="small" className="no-print" onClick={() => setOpen(true)}>
            Dùng phiên bản {newest.number}
          </Button>
          {open && <TakeDialog regime={regime} used={used} newest={newest} onTaken={onTaken} onClose={() => setOpen(false)} />}
        </>
      )}
      {editable && !newest && <span className="muted"> (mới nhất đã công bố)</span>}
    </li>
  );
}

interface DialogProps {
  regime: Regime;
  used: DesignedVersion;
  newest: VersionSummary;
  onTaken: (taken: VersionTaken) => void;
  onClose: () => void;
}

function TakeDialog({ regime, used, newest, onTaken, onClose }: DialogProps) {
  const { message } = App.useApp();
  const take = useTakeVersion(regime, (taken) => {
    void message.success(`Chế độ báo cáo đã dùng phiên bản ${taken.after} của biểu ${taken.form_code}.`);
    onTaken(taken);
    onClose();
  });
  return (
    <Modal
      open
      title={`Dùng phiên bản ${newest.number} của biểu ${used.code}?`}
      okText={`Dùng phiên bản ${newest.number}`}
      cancelText="Không"
      okButtonProps={{ loading: take.isPending }}
      onOk={() => take.mutate(newest.id)}
      onCancel={onClose}
    >
      <ul>
        <li>Kỳ mở từ nay dùng phiên bản {newest.number}.</li>
        <li>Báo cáo đang làm giữ phiên bản {used.number} đến khi đơn vị xem trước và đồng ý chuyển; báo cáo đã gửi không thay đổi.</li>
        <li>Phân bổ chỉ tiêu mang sang các dòng còn ở phiên bản mới; dòng không còn sẽ được nêu tên.</li>
        <li>Không quay lại phiên bản cũ được.</li>
      </ul>
      <p>
        <Link to={`/bieu-mau/${used.form_id}`}>Xem khác biệt giữa hai phiên bản</Link>
      </p>
      {take.isError && <ProblemView error={take.error} />}
    </Modal>
  );
}

function FallenRows({ taken }: { taken: VersionTaken }) {
  return (
    <Alert
      type="warning"
      showIcon
      title={`${taken.rows_fallen.length} dòng đã phân bổ không còn ở phiên bản ${taken.after} của biểu ${taken.form_code}`}
      description={taken.rows_fallen.map((row) => [row.numbering, row.label].filter(Boolean).join(" ")).join("; ")}
    />
  );
}
