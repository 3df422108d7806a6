import { Alert, Button, Checkbox, Drawer, Input, Popconfirm, Select } from "antd";
import { useState } from "react";

import { call } from "@/api/http";
import { day } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { ProblemView } from "@/shared/ProblemView";
import { RIGHT_NAMES, rightName } from "@/shared/states";

import { useAccount, useAccountChange, type AccountDetail } from "./api";

export function AccountDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const account = useAccount(id);
  return (
    <Drawer open={id !== null} onClose={onClose} size={620} title="Tài khoản" destroyOnHidden>
      {id && <Loaded query={account}>{(data) => <Detail account={data} />}</Loaded>}
    </Drawer>
  );
}

function Detail({ account }: { account: AccountDetail }) {
  const path = `/accounts/${account.id}`;
  const [reason, setReason] = useState("");
  const [password, setPassword] = useState<string | null>(null);
  const lock = useAccountChange((lockIt: boolean) => call("identity", `${path}:${lockIt ? "lock" : "unlock"}`, { method: "POST", ...(lockIt && { body: { reason } }) }));
  const reset = useAccountChange(() => call<{ temporary_password: string }>("identity", `${path}:reset_password`, { method: "POST" }));
  const locked = account.state === "locked";
  return (
    <div className="account">
      <h2>{account.full_name}</h2>
      <p>
        {account.username} · {account.position_title || "chưa ghi chức danh"} · {account.unit?.name ?? ""} · {account.email}
      </p>
      <div className="row-actions">
        {locked ? (
          <Button onClick={() => lock.mutate(false)} loading={lock.isPending}>
            Mở khóa
          </Button>
        ) : (
          <Popconfirm
            title="Khóa tài khoản"
            description={<Input aria-label="Lý do khóa" placeholder="Lý do khóa" value={reason} onChange={(event) => setReason(event.target.value)} />}
            okText="Khóa"
            cancelText="Không"
            okButtonProps={{ disabled: reason.trim() === "" }}
            onConfirm={() => lock.mutate(true)}
          >
            <Button danger>Khóa tài khoản</Button>
          </Popconfirm>
        )}
        <Popconfirm title="Cấp lại mật khẩu tạm? Mật khẩu cũ hết hiệu lực ngay." okText="Cấp lại" cancelText="Không" onConfirm={() => reset.mutate(undefined, { onSuccess: (made) => setPassword(made.temporary_password) })}>
          <Button loading={reset.isPending}>Cấp lại mật khẩu</Button>
        </Popconfirm>
      </div>
      {password && <Alert type="success" showIcon title={`Mật khẩu tạm: ${password}`} description="Chỉ hiện một lần này. Người dùng phải đổi ở lần đăng nhập đầu tiên." />}
      {lock.isError && <ProblemView error={lock.error} />}
      {reset.isError && <ProblemView error={reset.error} />}
      <Grants account={account} />
    </div>
  );
}

function Grants({ account }: { account: AccountDetail }) {
  const path = `/accounts/${account.id}/grants`;
  const [right, setRight] = useState<string>();
  const [withLower, setWithLower] = useState(false);
  const give = useAccountChange(() => call("identity", path, { method: "POST", body: { right, unit_id: account.unit_id, with_lower: withLower } }));
  const take = useAccountChange((grant: string) => call("identity", `${path}/${grant}`, { method: "DELETE" }));
  return (
    <>
      <h2>Quyền</h2>
      {account.grants.length === 0 && <p className="muted">Chưa có quyền nào.</p>}
      <ul className="grants">
        {account.grants.map((grant) => (
          <li key={grant.id}>
            <span>
              {rightName(grant.right)}
              {grant.with_lower && ", cả đơn vị cấp dưới"}
              {grant.regime_id && ", một chế độ báo cáo"}
              <span className="muted"> từ {day(grant.valid_from_on)}{grant.valid_to_on ? ` đến ${day(grant.valid_to_on)}` : ""}</span>
            </span>
            <Popconfirm title={`Thu hồi quyền “${rightName(grant.right)}”?`} okText="Thu hồi" cancelText="Không" onConfirm={() => take.mutate(grant.id)}>
              <Button size="small">Thu hồi</Button>
            </Popconfirm>
          </li>
        ))}
      </ul>
      <div className="filters">
        <Select aria-label="Quyền cấp thêm" className="filter-state" placeholder="Quyền cấp thêm" value={right} onChange={setRight} options={Object.entries(RIGHT_NAMES).map(([value, label]) => ({ value, label }))} />
        <Checkbox checked={withLower} onChange={(event) => setWithLower(event.target.checked)}>
          Cả đơn vị cấp dưới
        </Checkbox>
        <Button disabled={!right} loading={give.isPending} onClick={() => give.mutate(undefined, { onSuccess: () => setRight(undefined) })}>
          Cấp quyền
        </Button>
      </div>
      {give.isError && <ProblemView error={give.error} />}
      {take.isError && <ProblemView error={take.error} />}
    </>
  );
}
