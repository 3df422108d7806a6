import { Button } from "antd";
import { useState } from "react";

/** Where one stands in a list that the service gives page by page. */
export interface Pages {
  /** For the query; undefined on the first page. */
  cursor: string | undefined;
  back: () => void;
  forth: (next: string) => void;
  first: () => void;
}

export function usePages(): Pages {
  const [cursors, setCursors] = useState<string[]>([]);
  return {
    cursor: cursors.at(-1),
    back: () => setCursors(cursors.slice(0, -1)),
    forth: (next) => setCursors([...cursors, next]),
    first: () => setCursors([]),
  };
}

/** Under a list; nothing where all of it is on one page. */
export function Pager({ pages, next }: { pages: Pages; next: string | null | undefined }) {
  if (!next && pages.cursor === undefined) return null;
  return (
    <div className="pager no-print">
      <Button disabled={pages.cursor === undefined} onClick={pages.back}>
        Trang trước
      </Button>
      <Button disabled={!next} onClick={() => next && pages.forth(next)}>
        Trang sau
      </Button>
    </div>
  );
}
