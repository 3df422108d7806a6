import { Badge, Button, Dropdown, Layout, Tooltip } from "antd";
import { BellOutlined, LogoutOutlined, UserOutlined } from "@ant-design/icons";
import { NavLink, Outlet, useNavigate } from "react-router";

import { useMe } from "@/api/me";
import { SIGN_OUT_PATH } from "@/api/session";
import type { Me } from "@/api/types";
import { MaintenanceBanner } from "@/maintenance/Banner";
import { useMessageCount } from "@/messages/api";
import { useLiveHints } from "@/messages/stream";
import { Loaded } from "@/shared/Loaded";

import { navigationFor } from "./navigation";
import { SearchBox } from "./SearchBox";

export function Shell() {
  const me = useMe();
  return <Loaded query={me}>{(person) => <Frame me={person} />}</Loaded>;
}

function Frame({ me }: { me: Me }) {
  const live = useLiveHints();
  return (
    <Layout className="frame">
      <a href="#noi-dung" className="skip-link">
        Đến nội dung chính
      </a>
      <header className="top no-print">
        <NavLink to="/" className="brand">
          <span className="brand-name">Hệ thống thông tin báo cáo</span>
          <span className="brand-place">{me.province?.name ?? ""}</span>
        </NavLink>
        <SearchBox />
        <div className="top-person">
          <Bell live={live} />
          <PersonMenu me={me} />
        </div>
      </header>
      <div className="no-print">
        <MaintenanceBanner />
      </div>
      <div className="columns">
        <nav className="side no-print" aria-label="Chức năng">
          {navigationFor(me).map((item) => (
            <NavLink key={item.path} to={item.path} end={item.path === "/"} className="side-link">
              {item.label}
            </NavLink>
          ))}
        </nav>
        <main id="noi-dung" className="page" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
    </Layout>
  );
}

function Bell({ live }: { live: boolean }) {
  const unread = useMessageCount();
  const navigate = useNavigate();
  const words = unread === undefined ? "Chưa lấy được thông báo" : unread === 0 ? "Không có thông báo mới" : `${unread} thông báo chưa đọc`;
  return (
    <Tooltip title={live ? words : `${words} (đang nối lại kênh báo tức thời)`}>
      <Badge count={unread ?? 0} size="small" overflowCount={99} offset={[-3, 4]}>
        <Button aria-label={words} icon={<BellOutlined aria-hidden />} onClick={() => void navigate("/thong-bao")} />
      </Badge>
    </Tooltip>
  );
}

function PersonMenu({ me }: { me: Me }) {
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          {
            key: "who",
            disabled: true,
            label: (
              <div>
                <div>{me.account.username}</div>
                <div>{me.account.position_title ?? ""}</div>
              </div>
            ),
          },
          { key: "status", label: <a href="/trang-thai">Tình trạng hoạt động</a> },
          { key: "out", icon: <LogoutOutlined aria-hidden />, label: <a href={SIGN_OUT_PATH}>Đăng xuất</a> },
        ],
      }}
    >
      <Button className="person" icon={<UserOutlined aria-hidden />}>
        <span className="person-name">{me.account.full_name}</span>
        <span className="person-unit">{me.unit?.name ?? ""}</span>
      </Button>
    </Dropdown>
  );
}
