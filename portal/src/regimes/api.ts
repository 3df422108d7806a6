import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { call } from "@/api/http";

export interface RegimeBody {
  name: string;
  kind: string;
  origin: string;
  legal_basis: string;
  lead_unit_id: string | null;
  reporting_unit_ids: string[];
  form_version_ids: string[];
  frequency: string[];
  approver: string;
  aggregator: string;
  opens_itself: boolean;
  nil_allowed: boolean;
  starts_on: string | null;
  ends_on: string | null;
  deadlines: Record<string, unknown>[];
  content_asked: string;
  legal_documents: LegalDocument[];
  unit_kinds: string[];
  unit_levels: string[];
  excepted_unit_ids: string[];
  receiver_account_ids: string[];
  approver_account_ids: string[];
  sending_ways: string[];
  cut_offs: Record<string, unknown>[];
  guidance: string;
  process: string[];
  filing_place: string;
  filing_system: string;
}

export interface LegalDocument {
  title: string;
  number: string;
  issued_on: string | null;
  issuer: string;
  in_force_from: string | null;
  in_force_to: string | null;
}

export interface Regime extends RegimeBody {
  id: string;
  code: string;
  state: "draft" | "published" | "closed";
  content: "figures" | "narrative" | "linked";
  units: string[];
  permission: { number: string; issued_on: string; file_name: string } | null;
  outline: { id: string; heading: string; level: number; guidance: string; required: boolean }[];
  published_at: string | null;
  version: number;
  [kept: string]: unknown;
}

export const REGIME_STATES = { draft: "Bản nháp", published: "Đang áp dụng", closed: "Đã kết thúc" } as const;

export const KINDS = [
  { value: "periodic", label: "Định kỳ" },
  { value: "thematic", label: "Chuyên đề" },
  { value: "ad_hoc", label: "Đột xuất" },
];

export const ORIGINS = [
  { value: "province", label: "Của tỉnh" },
  { value: "government", label: "Của Chính phủ, bộ ngành" },
  { value: "internal", label: "Nội bộ" },
  { value: "statistical", label: "Thống kê" },
];

export const FREQUENCIES = [
  { value: "day", label: "Ngày" },
  { value: "half_month", label: "15 ngày" },
  { value: "month", label: "Tháng" },
  { value: "quarter", label: "Quý" },
  { value: "half_year", label: "6 tháng" },
  { value: "nine_months", label: "9 tháng" },
  { value: "year", label: "Năm" },
  { value: "school_year", label: "Năm học" },
  ...[2, 3, 5, 10].map((years) => ({ value: `several_years:${years}`, label: `Giai đoạn ${years} năm` })),
  { value: "real_time", label: "Thời gian thực" },
];

/** No calendar dates these periods: the regime states its days and its deadlines. */
export const datedByTheRegime = (frequency: string) => frequency === "real_time" || frequency.startsWith("several_years");

export function frequencyWords(frequency: string): string {
  const known = FREQUENCIES.find(({ value }) => value === frequency);
  if (known) return known.label;
  const [kind, number] = frequency.split(":");
  if (kind === "several_years") return `Giai đoạn ${number} năm`;
  return `${FREQUENCIES.find(({ value }) => value === kind)?.label ?? kind} ${number ?? ""}`.trim();
}

const REGIMES = ["catalog", "regimes"] as const;

export function useRegime(id: string) {
  return useQuery({ queryKey: [...REGIMES, "one", id], queryFn: () => call<Regime>("catalog", `/regimes/${id}`) });
}

export function useRegimeChange<Input>(change: (input: Input) => Promise<Regime>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (regime) => {
      queries.setQueryData([...REGIMES, "one", regime.id], regime);
      return queries.invalidateQueries({ queryKey: REGIMES });
    },
  });
}

export const draftRegime = (body: Partial<RegimeBody>) => call<Regime>("catalog", "/regimes", { method: "POST", body });

/** What the service itself writes into a regime and doesn't take back. */
const GIVEN = new Set(["id", "code", "owner_unit_id", "state", "content", "created_at", "published_at", "closed_at", "version", "units", "permission"]);

export function changeRegime(regime: Regime, body: RegimeBody): Promise<Regime> {
  const kept = Object.fromEntries(Object.entries(regime).filter(([name]) => !GIVEN.has(name)));
  return call<Regime>("catalog", `/regimes/${regime.id}`, { method: "PUT", body: { ...kept, ...body }, ifMatch: regime.version });
}

export const moveRegime = (regime: Regime, act: "publish" | "close") =>
  call<Regime>("catalog", `/regimes/${regime.id}:${act}`, { method: "POST", ifMatch: regime.version });

export interface VersionTaken {
  regime: Regime;
  form_code: string;
  form_name: string;
  before: number;
  after: number;
  rows_allocated: number;
  rows_fallen: { row: string; numbering: string; label: string; sheet: string; unit_ids: string[] }[];
}

export function useTakeVersion(regime: Regime, onTaken: (taken: VersionTaken) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (versionId: string) =>
      call<VersionTaken>("catalog", `/regimes/${regime.id}:take-version`, { method: "POST", body: { form_version_id: versionId }, ifMatch: regime.version }),
    onSuccess: (taken) => {
      queries.setQueryData([...REGIMES, "one", regime.id], taken.regime);
      onTaken(taken);
      return queries.invalidateQueries({ queryKey: REGIMES });
    },
  });
}

export interface Opened {
  period_label: string;
  assigned: number;
  already: number;
  released: boolean;
  without_deadline: string[];
}

export function useOpenPeriod() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { regime_id: string; period_key: string }) => call<Opened>("submission", "/periods:open", { method: "POST", body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["submission"] }),
  });
}

export interface Checks {
  missing: { field: string; message: string }[];
  rule: string;
  warnings: { code: string; message: string; rule: string; field: string }[];
}

export const useChecks = (regime: Regime) =>
  useQuery({ queryKey: [...REGIMES, "checks", regime.id, regime.version], queryFn: () => call<Checks>("catalog", `/regimes/${regime.id}/checks`) });

export function filePermission(regime: Regime, number: string, issuedOn: string, file: File): Promise<Regime> {
  const form = new FormData();
  form.append("file", file);
  form.append("number", number);
  form.append("issued_on", issuedOn);
  return call<Regime>("catalog", `/regimes/${regime.id}/permission`, { method: "POST", form, ifMatch: regime.version });
}
