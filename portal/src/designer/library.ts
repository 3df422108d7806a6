import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { call } from "@/api/http";
import { versionKey, type DesignedVersion, type FormItem, type FormLink } from "./api";

export interface Change {
  what: "row" | "column" | "cell";
  how: "added" | "removed" | "changed";
  sheet: string;
  row: string;
  column: string;
  a1: string;
  label: string;
  fields: { field: string; before: string; after: string }[];
}

export interface PackageContent {
  source: string;
  made_at: string;
  code: string;
  code_taken: boolean;
  name: string;
  number: number;
  sheets: string[];
  input_cells: number;
  computed_cells: number;
  form_id: string | null;
}

export const PURPOSES = [
  { value: "entry", label: "Biểu mẫu nhập liệu" },
  { value: "report", label: "Biểu mẫu báo cáo" },
  { value: "both", label: "Cả hai" },
];

export const useDifference = (versionId: string, against: string | undefined) =>
  useQuery({
    queryKey: ["catalog", "difference", versionId, against],
    queryFn: () => call<{ before: number; after: number; changes: Change[] }>("catalog", `/form-versions/${versionId}/difference`, { query: { against } }),
    enabled: against !== undefined,
  });

/** Trial and retirement: what the version becomes is shown at once. */
export function useMoveVersion(version: DesignedVersion) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ act, testers }: { act: "trial" | "retire"; testers?: string[] }) =>
      call<DesignedVersion>("catalog", `/form-versions/${version.id}:${act}`, { method: "POST", ifMatch: version.version, ...(act === "trial" ? { body: { testers: testers ?? [] } } : {}) }),
    onSuccess: async (changed) => {
      queries.setQueryData(versionKey(version.id), changed);
      await queries.invalidateQueries({ queryKey: ["catalog", "forms"] });
    },
  });
}

function useFormMade<Input, Output>(make: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: make, onSuccess: () => queries.invalidateQueries({ queryKey: ["catalog", "forms"] }) });
}

export const useCopyForm = (versionId: string) =>
  useFormMade((body: { code: string; name: string }) => call<FormItem>("catalog", "/forms:copy", { method: "POST", body: { form_version_id: versionId, ...body } }));

const serve = (form: FormItem, purpose: FormItem["purpose"], links: FormLink[]) =>
  call<FormItem>("catalog", `/forms/${form.id}/purpose`, { method: "PUT", body: { purpose, links }, ifMatch: form.version });

export const usePurpose = (form: FormItem) =>
  useFormMade((purpose: FormItem["purpose"]) => serve(form, purpose, purpose === "entry" ? [] : form.links));

/** All links of the form at once; a form that takes figures from others serves for reports. */
export const useLinks = (form: FormItem) => useFormMade((links: FormLink[]) => serve(form, form.purpose === "entry" ? "both" : form.purpose, links));

export const useImportPackage = () =>
  useFormMade(({ file, code, dryRun }: { file: File; code: string; dryRun: boolean }) => {
    const form = new FormData();
    form.append("file", file);
    form.append("code", code);
    form.append("dry_run", String(dryRun));
    return call<PackageContent>("catalog", "/form-packages:import", { method: "POST", form });
  });
