import { useQuery } from "@tanstack/react-query";

import { call } from "@/api/http";
import type { Named, Page } from "@/api/types";
import { reportKey, type Person } from "@/reports/api";

export interface Receipt {
  id: string;
  report_id: string;
  /** Which sending of the report, from 1. */
  sending: number;
  unit: Named;
  lead_unit: Named;
  regime: Named;
  period: { key: string; label: string };
  revision: number;
  canonical_hash: string;
  sent_by: Person;
  sent_at: string;
  due_at: string;
  late: boolean;
  punctuality: string;
  rule: string;
  article: string;
  number: string;
  issued_on: string;
  document_sha256: string;
  nil: boolean;
  /** The document it went by while the system was out. */
  fallback: { incident_id: string; number: string; issued_on: string; sha256: string } | null;
  taken_in_at: string | null;
  taken_in_by: Person | null;
}

export function useReceipts(reportId: string) {
  return useQuery({
    queryKey: [...reportKey(reportId), "receipts"],
    queryFn: () => call<Page<Receipt>>("submission", `/reports/${reportId}/receipts`),
  });
}
