import { Input, Popover, Spin } from "antd";
import { useEffect, useState } from "react";
import { Link } from "react-router";

import { SERVICE_NAMES, useSearch } from "@/tasks/api";

/** One box that asks every part side by side; who doesn't answer is named under the finds. */
export function SearchBox() {
  const [text, setText] = useState("");
  const [asked, setAsked] = useState("");
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), 300);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <Popover
      open={open && asked.length >= 2}
      onOpenChange={(wanted) => !wanted && setOpen(false)}
      trigger="click"
      placement="bottomLeft"
      arrow={false}
      content={<Finds q={asked} onChosen={() => setOpen(false)} />}
    >
      <Input.Search
        className="search"
        aria-label="Tìm trong toàn hệ thống"
        placeholder="Tìm báo cáo, đơn vị, biểu mẫu, người…"
        allowClear
        value={text}
        onFocus={() => setOpen(true)}
        onChange={(event) => {
          setText(event.target.value);
          setOpen(true);
        }}
        onSearch={(value) => {
          setAsked(value.trim());
          setOpen(true);
        }}
      />
    </Popover>
  );
}

function Finds({ q, onChosen }: { q: string; onChosen: () => void }) {
  const found = useSearch(q);
  return (
    <div className="finds">
      {found.items.slice(0, 30).map((item) => (
        <div key={`${item.service}/${item.kind}/${item.id}`} className="find">
          {item.link ? (
            <Link to={item.link} onClick={onChosen}>
              {item.title}
            </Link>
          ) : (
            item.title
          )}
          <div className="muted">
            {SERVICE_NAMES[item.service]}
            {item.detail ? ` · ${item.detail}` : ""}
          </div>
        </div>
      ))}
      {found.waiting.length > 0 && (
        <div className="muted">
          <Spin size="small" /> Đang hỏi: {found.waiting.map((service) => SERVICE_NAMES[service]).join(", ")}
        </div>
      )}
      {found.items.length === 0 && found.waiting.length === 0 && <div>Không tìm thấy “{q}”.</div>}
      {found.silent.length > 0 && (
        <div className="finds-silent" role="status">
          Không trả lời: {found.silent.map((item) => SERVICE_NAMES[item.service]).join(", ")}
        </div>
      )}
    </div>
  );
}
