import { Empty, Spin } from "antd";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { ProblemView } from "./ProblemView";

interface Props<T> {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
  /** Says when there is nothing to show, and in which words. */
  empty?: { when: (data: T) => boolean; words: ReactNode };
}

/** Waiting, refusal, nothing there, or the thing itself: every page treats the four alike. */
export function Loaded<T>({ query, children, empty }: Props<T>) {
  if (query.isPending) {
    return (
      <div className="waiting" role="status">
        <Spin /> <span>Đang tải…</span>
      </div>
    );
  }
  if (query.isError && query.data === undefined) {
    return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  }
  const data = query.data as T;
  return (
    <>
      {query.isError && <ProblemView error={query.error} onRetry={() => void query.refetch()} compact />}
      {empty?.when(data) ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty.words} /> : children(data)}
    </>
  );
}
