import { networkProblem, Problem, problemOf } from "./problem";
import { leaveForSignIn } from "./session";

export type Service = "identity" | "catalog" | "submission" | "signing" | "notify";
export const SERVICES: readonly Service[] = ["identity", "catalog", "submission", "signing", "notify"];

export type Query = Record<string, string | number | boolean | null | undefined>;

export interface CallOptions {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  query?: Query;
  body?: unknown;
  form?: FormData;
  /** The version that the person saw; the service answers 412 if the thing has moved on. */
  ifMatch?: number;
  /** Given when one act must stay one act over several attempts; null: of this call nothing is kept, not even its answer. */
  idempotencyKey?: string | null;
  signal?: AbortSignal;
}

export function serviceUrl(service: Service, path: string, query?: Query): string {
  const parts = Object.entries(query ?? {})
    .filter(([, value]) => value !== undefined && value !== null && value !== "")
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  return `/api/${service}/v1${path}${parts.length > 0 ? `?${parts.join("&")}` : ""}`;
}

export function newKey(): string {
  // randomUUID is there only on https and localhost; a province's test address may be neither.
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function headersOf(options: CallOptions): Headers {
  const headers = new Headers({ Accept: "application/json" });
  if (options.body !== undefined) headers.set("Content-Type", "application/json");
  if (options.method && options.method !== "GET" && options.idempotencyKey !== null) {
    headers.set("Idempotency-Key", options.idempotencyKey ?? newKey());
  }
  if (options.ifMatch !== undefined) headers.set("If-Match", `"${options.ifMatch}"`);
  return headers;
}

async function send(url: string, options: CallOptions): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: options.method ?? "GET",
      headers: headersOf(options),
      body: options.form ?? (options.body === undefined ? null : JSON.stringify(options.body)),
      credentials: "same-origin",
      signal: options.signal ?? null,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw networkProblem();
  }
  if (response.ok) return response;
  if (response.status === 401) leaveForSignIn();
  throw await problemOf(response);
}

export async function call<T>(service: Service, path: string, options: CallOptions = {}): Promise<T> {
  const response = await send(serviceUrl(service, path, options.query), options);
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  if (text === "") return undefined as T;
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new Problem({
      status: 502,
      code: "portal.http.unreadable",
      title: "Trả lời không đọc được",
      detail: "Máy chủ trả lời không đúng định dạng.",
      remedy: "Thử lại sau ít phút.",
    });
  }
}

/** Fetches a file with the session's cookies; a refusal arrives as a problem, not as a saved error page. */
export async function fetchFile(
  service: Service,
  path: string,
  query?: Query,
  options: CallOptions = {},
): Promise<{ blob: Blob; name: string }> {
  const response = await send(serviceUrl(service, path, query), options);
  const disposition = response.headers.get("Content-Disposition") ?? "";
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename="?([^";]+)"?/i.exec(disposition)?.[1];
  const name = encoded ? decodeURIComponent(encoded) : (plain ?? path.split("/").pop() ?? "tep");
  return { blob: await response.blob(), name };
}

export async function download(service: Service, path: string, query?: Query): Promise<void> {
  const { blob, name } = await fetchFile(service, path, query);
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(url), 30_000);
}
