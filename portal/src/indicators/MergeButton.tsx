import { Button, Popconfirm } from "antd";

import { ProblemView } from "@/shared/ProblemView";

import { merge, useIndicatorChange, type IndicatorItem } from "./api";

/** Says that two are one: from then on the kept one is meant, and figures of both stay. */
export function MergeButton({ gone, kept }: { gone: { id: string; version: number; name: string }; kept: IndicatorItem }) {
  const act = useIndicatorChange(() => merge(gone, kept.id));
  return (
    <>
      <Popconfirm
        title={`Gộp “${gone.name}” vào “${kept.name}”? Số liệu đã báo cáo của cả hai giữ nguyên; từ nay chỉ dùng chỉ tiêu được giữ lại.`}
        okText="Gộp"
        cancelText="Không"
        onConfirm={() => act.mutate(undefined)}
      >
        <Button size="small" loading={act.isPending}>
          Gộp vào {kept.code}
        </Button>
      </Popconfirm>
      {act.isError && <ProblemView error={act.error} compact />}
    </>
  );
}
