import { Alert } from "antd";
import { useEffect, useState } from "react";

import { moment } from "@/shared/dates";

import { useStanding, type Standing } from "./api";

/** Ahead of a maintenance and while it lasts, on every page: when, and what that means for what one types. */
export function MaintenanceBanner() {
  const standing = useStanding().data ?? [];
  const now = useNow();
  const shown = standing.filter((one) => new Date(one.ends_at).getTime() > now);
  const underWay = shown.find((one) => new Date(one.starts_at).getTime() <= now);
  const next = shown[0];
  if (underWay) return <UnderWay one={underWay} />;
  if (next) return <Ahead one={next} />;
  return null;
}

function UnderWay({ one }: { one: Standing }) {
  return (
    <Alert
      banner
      type="warning"
      role="alert"
      title={`Hệ thống đang bảo trì đến ${moment(one.ends_at)}: chỉ xem được. ${one.title}.`}
      description="Anh/chị cứ nhập tiếp: số liệu được giữ trên máy này và tự gửi khi hết bảo trì. Trình, duyệt, ký, gửi xin thực hiện sau."
    />
  );
}

function Ahead({ one }: { one: Standing }) {
  return (
    <Alert
      banner
      type="info"
      role="status"
      title={`${one.emergency ? "Bảo trì khẩn cấp" : "Sẽ bảo trì"} từ ${moment(one.starts_at)} đến ${moment(one.ends_at)}: ${one.title}.`}
      description="Trong thời gian này chỉ xem được. Báo cáo đến hạn xin gửi trước."
    />
  );
}

/** The clock that turns "sẽ" into "đang" without a page being loaded anew. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
