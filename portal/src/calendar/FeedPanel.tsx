import { Alert, Button, Popconfirm } from "antd";

import { download } from "@/api/http";
import { moment } from "@/shared/dates";
import { ProblemView } from "@/shared/ProblemView";

import { makeFeed, revokeFeed, useFeedChange, useFeeds } from "./api";

/** The unit's deadlines in any calendar program, by a secret address; who may not has no panel. */
export function FeedPanel({ unitId, unitName }: { unitId: string; unitName: string }) {
  const feeds = useFeeds(unitId);
  const make = useFeedChange(makeFeed);
  const revoke = useFeedChange(revokeFeed);
  if (!feeds.data) return null;
  return (
    <section className="no-print" aria-label="Lịch hạn gửi của đơn vị">
      <h2>Lịch hạn gửi của {unitName} trong phần mềm lịch</h2>
      <p>
        Tạo một địa chỉ rồi dán vào phần mềm lịch (Outlook, Thunderbird, lịch trên điện thoại): hạn gửi tự cập nhật. Ai có địa chỉ đều xem được hạn gửi của đơn vị, nên
        chỉ đưa cho người trong đơn vị; lộ thì thu hồi.
      </p>
      <div className="row-actions">
        <Button loading={make.isPending} onClick={() => make.mutate(unitId)}>
          Tạo địa chỉ lịch
        </Button>
        <Button onClick={() => void download("catalog", `/units/${unitId}/deadlines.ics`)}>Tải tệp .ics</Button>
      </div>
      {make.isError && <ProblemView error={make.error} />}
      {revoke.isError && <ProblemView error={revoke.error} />}
      {make.data && (
        <Alert
          type="success"
          showIcon
          title="Địa chỉ chỉ hiện một lần này; hãy sao chép ngay"
          description={<code className="feed-address">{`${window.location.origin}${make.data.path}`}</code>}
        />
      )}
      {feeds.data.length > 0 && (
        <table className="plain-table">
          <caption>Các địa chỉ đang dùng</caption>
          <thead>
            <tr>
              <th scope="col">Tạo lúc</th>
              <th scope="col">Xử lý</th>
            </tr>
          </thead>
          <tbody>
            {feeds.data.map((feed) => (
              <tr key={feed.id}>
                <td>{moment(feed.created_at)}</td>
                <td>
                  <Popconfirm title="Thu hồi địa chỉ này? Phần mềm lịch đang dùng nó sẽ không cập nhật nữa." okText="Thu hồi" cancelText="Không" onConfirm={() => revoke.mutate(feed.id)}>
                    <Button size="small" danger>
                      Thu hồi
                    </Button>
                  </Popconfirm>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
