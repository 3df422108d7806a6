import { App, Button, Form, Input, Modal, Popconfirm, Select } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";

import { useAccounts } from "@/accounts/api";
import { download } from "@/api/http";
import { holds, useMe } from "@/api/me";
import { asProblem } from "@/api/problem";
import { ProblemView } from "@/shared/ProblemView";

import type { DesignedVersion } from "./api";
import { useCopyForm, useMoveVersion } from "./library";

/** What may be done with a version beside publishing it: trial, retirement, copy, package. */
export function VersionActions({ version }: { version: DesignedVersion }) {
  const { message } = App.useApp();
  const me = useMe().data;
  const move = useMoveVersion(version);
  const [copying, setCopying] = useState(false);
  const [inviting, setInviting] = useState(false);
  const designer = holds(me, "form_designer", "province_admin");
  return (
    <>
      {version.state === "trial" && <Link to={`/dung-thu/${version.id}`}>Dùng thử</Link>}
      {designer && (version.state === "draft" || version.state === "trial") && (
        <Button onClick={() => setInviting(true)}>{version.state === "draft" ? "Mở dùng thử" : `Mời người thử (${version.testers.length})`}</Button>
      )}
      {designer && version.state === "published" && (
        <Popconfirm title="Thôi dùng phiên bản này? Chế độ đang dùng vẫn giữ; chế độ mới không chọn được nữa." okText="Thôi dùng" cancelText="Không" onConfirm={() => move.mutate({ act: "retire" })}>
          <Button>Thôi dùng</Button>
        </Popconfirm>
      )}
      {designer && <Button onClick={() => setCopying(true)}>Sao chép</Button>}
      <Button onClick={() => void download("catalog", `/form-versions/${version.id}/package.zip`).catch((error: unknown) => message.error(asProblem(error).body.detail))}>
        Xuất gói có chữ ký
      </Button>
      {move.isError && <ProblemView error={move.error} compact />}
      {copying && <CopyDialog version={version} onClose={() => setCopying(false)} />}
      {inviting && <InviteDialog version={version} onClose={() => setInviting(false)} />}
    </>
  );
}

function InviteDialog({ version, onClose }: { version: DesignedVersion; onClose: () => void }) {
  const move = useMoveVersion(version);
  const [q, setQ] = useState("");
  const [testers, setTesters] = useState<string[]>([]);
  const accounts = useAccounts({ q });
  const options = (accounts.data?.items ?? []).map((one) => ({ value: one.id, label: one.full_name || one.username }));
  return (
    <Modal
      open
      title="Dùng thử biểu mẫu"
      okText={version.state === "draft" ? "Mở dùng thử" : "Mời"}
      cancelText="Không"
      okButtonProps={{ loading: move.isPending }}
      onOk={() => move.mutate({ act: "trial", testers }, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <p className="muted">Số liệu nhập thử không được lưu lại và không vào báo cáo nào.</p>
      <Select className="wide" mode="multiple" aria-label="Người được mời dùng thử" placeholder="Mời người dùng thử" value={testers} onChange={setTesters} showSearch={{ filterOption: false, onSearch: setQ }} options={options} />
      {move.isError && <ProblemView error={move.error} />}
    </Modal>
  );
}

function CopyDialog({ version, onClose }: { version: DesignedVersion; onClose: () => void }) {
  const navigate = useNavigate();
  const copy = useCopyForm(version.id);
  const [code, setCode] = useState("");
  const [name, setName] = useState(version.name);
  return (
    <Modal
      open
      title="Sao chép thành biểu mẫu mới"
      okText="Sao chép"
      cancelText="Không"
      okButtonProps={{ disabled: !code.trim() || !name.trim(), loading: copy.isPending }}
      onOk={() => copy.mutate({ code: code.trim(), name: name.trim() }, { onSuccess: ({ id }) => void navigate(`/bieu-mau/${id}`) })}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <Form.Item label="Mã biểu mẫu mới" htmlFor="copy-code" required>
          <Input id="copy-code" value={code} onChange={(event) => setCode(event.target.value)} />
        </Form.Item>
        <Form.Item label="Tên biểu mẫu mới" htmlFor="copy-name" required>
          <Input id="copy-name" value={name} onChange={(event) => setName(event.target.value)} />
        </Form.Item>
      </Form>
      {copy.isError && <ProblemView error={copy.error} />}
    </Modal>
  );
}
