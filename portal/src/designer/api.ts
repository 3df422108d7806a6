import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { call } from "@/api/http";
import type { Page } from "@/api/types";
import type { CellKind, CellType, FormModel, Limits, Rule, RuleText, Severity, Value, ValueKind } from "@/forms/model";

export interface VersionSummary {
  id: string;
  number: number;
  state: "draft" | "trial" | "published" | "retired";
  created_at: string;
  published_at: string | null;
  version: number;
}

export interface FormLink {
  row: string;
  column: string;
  from_form_id: string;
  from_row: string;
  from_column: string;
  /** The version of the entry form that the source's row and column are of. */
  from_version_id?: string | null;
}

export interface FormItem {
  id: string;
  code: string;
  name: string;
  owner_unit_id: string;
  version: number;
  purpose: "entry" | "report" | "both";
  links: FormLink[];
  versions: VersionSummary[];
}

export interface Note {
  code: string;
  severity: string;
  message: string;
  sheet?: string | null;
  a1?: string | null;
}

export interface Proposal {
  left_as_label: { cell: string; text: string; why: string }[];
  notes: Note[];
}

export interface DesignedVersion extends VersionSummary {
  form_id: string;
  code: string;
  name: string;
  model: FormModel;
  proposal: Proposal | null;
  testers: string[];
}

export interface Correction {
  row: string;
  column: string;
  kind: CellKind;
  type?: CellType | null;
  precision?: number | null;
  formula?: string | null;
  limits?: Limits | null;
}

export interface Binding {
  indicator_id: string | null;
  row?: string;
  column?: string;
  sheet?: string;
}

export const VERSION_STATES = { draft: "Bản nháp", trial: "Đang dùng thử", published: "Đã công bố", retired: "Đã thôi dùng" } as const;

const FORMS = ["catalog", "forms"] as const;
export const versionKey = (id: string) => ["catalog", "form-version", id] as const;

export function useForms(q: string) {
  return useQuery({ queryKey: [...FORMS, q], queryFn: () => call<Page<FormItem>>("catalog", "/forms", { query: { q } }) });
}

export function useForm(id: string) {
  return useQuery({ queryKey: [...FORMS, "one", id], queryFn: () => call<FormItem>("catalog", `/forms/${id}`) });
}

export function useDesignedVersion(id: string | undefined) {
  return useQuery({
    queryKey: versionKey(id ?? ""),
    queryFn: () => call<DesignedVersion>("catalog", `/form-versions/${id}`),
    enabled: id !== undefined,
  });
}

export function useUploadForm() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ file, code, name }: { file: File; code: string; name: string }) => {
      const form = new FormData();
      form.append("file", file);
      form.append("code", code);
      form.append("name", name);
      return call<FormItem & { draft: DesignedVersion }>("catalog", "/forms", { method: "POST", form });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: FORMS }),
  });
}

export function useUploadVersion(formId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append("file", file);
      return call<DesignedVersion>("catalog", `/forms/${formId}/versions`, { method: "POST", form });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: FORMS }),
  });
}

export function useCorrect(version: DesignedVersion) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (corrections: Correction[]) =>
      call<DesignedVersion>("catalog", `/form-versions/${version.id}/cells`, { method: "PATCH", body: { corrections }, ifMatch: version.version }),
    onSuccess: (changed) => queries.setQueryData(versionKey(version.id), changed),
  });
}

export function useBind(version: DesignedVersion) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (bindings: Binding[]) =>
      call<DesignedVersion>("catalog", `/form-versions/${version.id}/indicators`, { method: "PATCH", body: { bindings }, ifMatch: version.version }),
    onSuccess: (changed) => queries.setQueryData(versionKey(version.id), changed),
  });
}

export function usePublish(version: DesignedVersion) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => call<DesignedVersion>("catalog", `/form-versions/${version.id}:publish`, { method: "POST", ifMatch: version.version }),
    onSuccess: async (changed) => {
      queries.setQueryData(versionKey(version.id), changed);
      await queries.invalidateQueries({ queryKey: FORMS });
    },
  });
}

export function useSetRules(version: DesignedVersion) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (rules: RuleText[]) =>
      call<DesignedVersion>("catalog", `/form-versions/${version.id}/rules`, { method: "PUT", body: { rules }, ifMatch: version.version }),
    onSuccess: (changed) => queries.setQueryData(versionKey(version.id), changed),
  });
}

export interface ColumnKind {
  sheet: string;
  column: string;
  value_kind: ValueKind | null;
  cumulative: boolean;
}

export function useSetKinds(version: DesignedVersion) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (columns: ColumnKind[]) =>
      call<DesignedVersion>("catalog", `/form-versions/${version.id}/columns`, { method: "PATCH", body: { columns }, ifMatch: version.version }),
    onSuccess: (saved) => queries.setQueryData(versionKey(version.id), saved),
  });
}

export interface ListRule {
  list_id: string;
  key_columns: string[];
  repeats: Severity | null;
  most_rows: number | null;
}

export function useSetLists(version: DesignedVersion) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (lists: ListRule[]) =>
      call<DesignedVersion>("catalog", `/form-versions/${version.id}/lists`, { method: "PATCH", body: { lists }, ifMatch: version.version }),
    onSuccess: (saved) => queries.setQueryData(versionKey(version.id), saved),
  });
}

/** Rules that the kinds of the columns suggest; nothing is set by asking. */
export const cumulativeRules = (version: DesignedVersion) => call<{ rules: Rule[] }>("catalog", `/form-versions/${version.id}/cumulative-rules`);

export interface TypedFigure {
  row: string;
  column: string;
  raw: string;
}

export interface TrialRequest {
  figures: TypedFigure[];
  list_rows: { id: string; list_id: string; order: number }[];
  elsewhere: { form?: string; period?: "previous" | "last_year"; figures: TypedFigure[] }[];
  /** Left out: those that are saved. */
  rules?: RuleText[];
}

export type Verdict = "holds" | "broken" | "silent" | "faulty";

export interface TrialMessage extends Note {
  row?: string | null;
  column?: string | null;
  rule?: string | null;
}

export interface Trial {
  computed: { row: string; column: string; value: Value }[];
  messages: TrialMessage[];
  rules: { rule: string; row: string | null; verdict: Verdict; why: string }[];
  unpublishable: TrialMessage[];
}

/** Throw-away figures: the server keeps nothing of them. */
export function useTrial(version: DesignedVersion) {
  return useMutation({
    mutationFn: (request: TrialRequest) =>
      call<Trial>("catalog", `/form-versions/${version.id}:try`, { method: "POST", body: request, idempotencyKey: null }),
  });
}
