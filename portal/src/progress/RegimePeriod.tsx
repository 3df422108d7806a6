import { Select } from "antd";
import { useEffect, useMemo } from "react";

import { compareVietnamese } from "@/shared/order";

import { periodSpan, usePeriods, useRegimes } from "./api";

export interface Choice {
  regime?: string | undefined;
  period?: string | undefined;
}

/** Which regime and period a page is about; begins with the last period that has begun. */
export function RegimePeriod({ choice, onChange }: { choice: Choice; onChange: (choice: Choice) => void }) {
  const regimes = useRegimes();
  const span = useMemo(() => periodSpan(), []);
  const periods = usePeriods(choice.regime, span.from, span.to);
  const published = useMemo(
    () => (regimes.data?.items ?? []).filter((regime) => regime.state !== "draft").sort((a, b) => compareVietnamese(a.name, b.name)),
    [regimes.data],
  );
  const begun = useMemo(() => {
    const today = new Date().toISOString().slice(0, 10);
    return (periods.data ?? []).filter((period) => period.first_day <= today).sort((a, b) => (a.first_day < b.first_day ? 1 : -1));
  }, [periods.data]);

  useEffect(() => {
    if (!choice.regime && published[0]) onChange({ regime: published[0].id });
  }, [choice.regime, published, onChange]);
  useEffect(() => {
    const today = new Date().toISOString().slice(0, 10);
    const latest = begun.find((period) => period.last_day < today) ?? begun[0];
    if (choice.regime && !choice.period && latest) onChange({ regime: choice.regime, period: latest.key });
  }, [choice, begun, onChange]);

  return (
    <>
      <Select
        aria-label="Chế độ báo cáo"
        className="filter-regime"
        placeholder="Chọn chế độ báo cáo"
        loading={regimes.isPending}
        value={choice.regime}
        onChange={(regime: string) => onChange({ regime })}
        showSearch={{ optionFilterProp: "label" }}
        options={published.map((regime) => ({ value: regime.id, label: regime.name }))}
      />
      <Select
        aria-label="Kỳ báo cáo"
        className="filter-period"
        placeholder="Chọn kỳ"
        loading={periods.isFetching}
        value={choice.period}
        onChange={(period: string) => onChange({ ...choice, period })}
        options={begun.map((period) => ({ value: period.key, label: period.label }))}
      />
    </>
  );
}
