import { Button, Input, Tag } from "antd";
import { useState } from "react";

import { Loaded } from "@/shared/Loaded";
import { Pager, usePages } from "@/shared/Pager";
import { PageTitle } from "@/shared/PageTitle";
import { rightName } from "@/shared/states";

import { AccountDrawer } from "./AccountDrawer";
import { useAccounts, type AccountItem } from "./api";
import { NewAccount } from "./NewAccount";

export const ACCOUNT_STATES = {
  active: { label: "Đang dùng", colour: "green" },
  locked: { label: "Đã khóa", colour: "red" },
  pending: { label: "Chưa có mật khẩu", colour: "gold" },
} as const;

export function AccountsPage() {
  const [q, setQ] = useState("");
  const pages = usePages();
  const [chosen, setChosen] = useState<string | null>(null);
  const [opening, setOpening] = useState(false);
  const accounts = useAccounts({ q: q || undefined, cursor: pages.cursor });
  return (
    <>
      <PageTitle
        title="Tài khoản"
        extra={
          <Button type="primary" onClick={() => setOpening(true)}>
            Mở tài khoản
          </Button>
        }
      />
      <div className="filters">
        <Input.Search
          className="filter-text"
          allowClear
          aria-label="Tìm tài khoản"
          placeholder="Họ tên, tên đăng nhập"
          onSearch={(value) => {
            setQ(value.trim());
            pages.first();
          }}
        />
      </div>
      <Loaded query={accounts} empty={{ when: (data) => data.items.length === 0, words: "Không có tài khoản nào như vậy." }}>
        {(data) => (
          <>
            <AccountTable accounts={data.items} onChoose={setChosen} />
            <Pager pages={pages} next={data.next} />
          </>
        )}
      </Loaded>
      <AccountDrawer id={chosen} onClose={() => setChosen(null)} />
      {opening && <NewAccount onClose={() => setOpening(false)} />}
    </>
  );
}

function AccountTable({ accounts, onChoose }: { accounts: AccountItem[]; onChoose: (id: string) => void }) {
  return (
    <table className="plain-table">
      <caption className="visually-hidden">Danh sách tài khoản</caption>
      <thead>
        <tr>
          <th scope="col">Họ và tên</th>
          <th scope="col">Tên đăng nhập</th>
          <th scope="col">Đơn vị</th>
          <th scope="col">Quyền</th>
          <th scope="col">Tình trạng</th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <tr key={account.id}>
            <td>
              <Button type="link" size="small" onClick={() => onChoose(account.id)}>
                {account.full_name}
              </Button>
              <div className="muted">{account.position_title}</div>
            </td>
            <td>{account.username}</td>
            <td>{account.unit_name ?? ""}</td>
            <td>{account.rights.map(rightName).join(", ")}</td>
            <td className="nowrap">
              <Tag color={ACCOUNT_STATES[account.state].colour}>{ACCOUNT_STATES[account.state].label}</Tag>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
