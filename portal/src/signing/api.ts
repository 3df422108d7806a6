import { useQuery } from "@tanstack/react-query";

import { call } from "@/api/http";
import type { Page } from "@/api/types";

export type SigningStep = "sign" | "issue";

export interface Signature {
  role: string;
  role_name: string;
  signer_name: string;
  certificate_subject: string;
  certificate_issuer: string;
  certificate_ends_at: string;
  signed_at: string;
}

export interface SigningRequest {
  id: string;
  version: number;
  report_id: string;
  revision: number;
  canonical_hash: string;
  state: "waiting_leader" | "waiting_agency" | "issued" | "refused" | "void";
  state_name: string;
  steps: "leader_then_agency" | "leader_only" | "agency_only" | "one_act";
  waits_for: SigningStep | null;
  unit_name: string;
  leader_account_id: string | null;
  title: string;
  number: string | null;
  issued_on: string | null;
  signatures: Signature[];
  reason: string;
  document_sha256: string;
}

export interface SignatureVerdict {
  field: string;
  signer: string;
  issuer: string;
  serial: string;
  valid: boolean;
  intact: boolean;
  trusted: boolean;
  covers_file: boolean;
  timestamped_at: string | null;
  verdict: string;
}

export interface Verification {
  valid: boolean;
  summary: string;
  problems: string[];
  document_sha256: string;
  canonical_hash: string;
  signatures: SignatureVerdict[];
}

export const requestsKey = (reportId: string) => ["signing", "requests", reportId] as const;

export function listRequests(reportId: string): Promise<Page<SigningRequest>> {
  return call("signing", "/requests", { query: { report_id: reportId } });
}

export function useRequests(reportId: string) {
  return useQuery({ queryKey: requestsKey(reportId), queryFn: () => listRequests(reportId) });
}

export function useVerification(request: SigningRequest) {
  return useQuery({
    queryKey: ["signing", "verification", request.id, request.version],
    queryFn: () => call<Verification>("signing", `/requests/${request.id}/verification`),
    staleTime: Infinity,
  });
}

export interface Pins {
  pin: string;
  /** Only where one person signs as leader and for the agency in one act. */
  agencyPin?: string;
  number?: string;
}

export function makeSignature(requestId: string, step: SigningStep, { pin, agencyPin, number }: Pins, key: string): Promise<SigningRequest> {
  return call("signing", `/requests/${requestId}:${step}`, {
    method: "POST",
    body: { pin, ...(step === "sign" && agencyPin && { agency_pin: agencyPin }), ...(number && { number: Number(number) }) },
    idempotencyKey: key,
  });
}
