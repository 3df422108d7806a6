import { Select } from "antd";
import { useEffect, useMemo } from "react";

import { useMe } from "@/api/me";
import { compareVietnamese } from "@/shared/order";

import { periodSpan, usePeriods, useRegimes, type RegimeItem } from "./api";

export interface Choice {
  regime?: string | undefined;
  period?: string | undefined;
}

/** Those that one's own unit leads come first: they are why one is here. */
const own = (regime: RegimeItem, unit: string | undefined): number => (regime.lead_unit_id === unit ? 0 : 1);

/** Which regime and period a page is about; begins with the last period that has begun. */
export function RegimePeriod({ choice, onChange }: { choice: Choice; onChange: (choice: Choice) => void }) {
  const regimes = useRegimes();
  const unit = useMe().data?.unit?.id;
  const span = useMemo(() => periodSpan(), []);
  const periods = usePeriods(choice.regime, span.from, span.to);
  const published = useMemo(
    () => (regimes.data?.items ?? []).filter((regime) => regime.state !== "draft").sort((a, b) => own(a, unit) - own(b, unit) || compareVietnamese(a.name, b.name)),
    [regimes.data, unit],
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
