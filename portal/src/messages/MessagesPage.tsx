import { Button, Segmented } from "antd";
import { useState } from "react";
import { Link } from "react-router";

import { moment } from "@/shared/dates";
import { Loaded } from "@/shared/Loaded";
import { Pager, usePages } from "@/shared/Pager";
import { PageTitle } from "@/shared/PageTitle";
import { ProblemView } from "@/shared/ProblemView";

import { MailDialog } from "./MailDialog";
import { useMarkRead, useMessages, type Message } from "./api";

export function MessagesPage() {
  const [unread, setUnread] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const pages = usePages();
  const messages = useMessages(unread, pages.cursor);
  const mark = useMarkRead();
  return (
    <>
      <PageTitle
        title="Thông báo"
        extra={
          <>
            <Segmented<boolean>
              value={unread}
              onChange={(chosen) => {
                setUnread(chosen);
                pages.first();
              }}
              options={[
                { value: false, label: "Tất cả" },
                { value: true, label: "Chưa đọc" },
              ]}
            />
            <Button loading={mark.isPending} onClick={() => mark.mutate("all")}>
              Đánh dấu đã đọc hết
            </Button>
            <Button onClick={() => setChoosing(true)}>Nhận qua thư điện tử…</Button>
          </>
        }
      />
      {mark.isError && <ProblemView error={mark.error} />}
      <Loaded query={messages} empty={{ when: (data) => data.items.length === 0, words: unread ? "Không có thông báo chưa đọc." : "Chưa có thông báo nào." }}>
        {(data) => (
          <>
            <ul className="messages">
              {data.items.map((message) => (
                <Item key={message.id} message={message} onRead={() => mark.mutate(message.id)} />
              ))}
            </ul>
            <Pager pages={pages} next={data.next} />
          </>
        )}
      </Loaded>
      {choosing && <MailDialog onClose={() => setChoosing(false)} />}
    </>
  );
}

function Item({ message, onRead }: { message: Message; onRead: () => void }) {
  const fresh = !message.read_at;
  return (
    <li className={fresh ? "message fresh" : "message"}>
      <div className="message-head">
        {fresh && <span className="fresh-mark">Mới</span>}
        {message.link ? (
          <Link to={message.link} onClick={() => fresh && onRead()}>
            {message.title}
          </Link>
        ) : (
          <b>{message.title}</b>
        )}
        <span className="muted">{moment(message.created_at)}</span>
        {fresh && (
          <Button size="small" onClick={onRead}>
            Đã đọc
          </Button>
        )}
      </div>
      <Body text={message.body} />
    </li>
  );
}

/** What has happened; the facts about the report, which every message repeats, on demand. */
function Body({ text }: { text: string }) {
  const [happened = "", ...facts] = text.split(/\n\s*\n/);
  return (
    <div className="message-body">
      {happened}
      {facts.length > 0 && (
        <details>
          <summary>Chi tiết</summary>
          {facts.join("\n\n")}
        </details>
      )}
    </div>
  );
}
