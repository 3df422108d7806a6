import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { call } from "@/api/http";
import type { Page } from "@/api/types";

export type Action = "send" | "take_up" | "return" | "hand_over" | "confirm" | "publish" | "announce" | "assign";
export type State = "sent" | "building" | "in_trial" | "confirmed" | "returned" | "published" | "announced" | "assigned";

export interface Asked {
  form_name: string;
  legal_basis: string;
  reporting_units: string;
  deadline: string;
  aggregator: string;
  approver: string;
  content: string;
  note: string;
}

export interface Registration {
  id: string;
  state: State;
  owner_unit_id: string;
  lead_unit_id: string;
  asked: Asked;
  file_name: string;
  form_version_id: string | null;
  regime_id: string | null;
  notice: { number: string; issued_on: string } | null;
  steps: { action: Action; at: string; name: string; reason: string }[];
  may: Action[];
  waits_for: "owner" | "designer" | "lead" | null;
  order: string[];
  designer: string;
  rule: string;
  created_at: string;
  version: number;
}

export interface Move {
  reason?: string;
  form_version_id?: string;
  notice_number?: string;
  notice_on?: string;
  regime_id?: string;
}

export const STATES: Record<State, string> = {
  sent: "Đã gửi, chờ thiết kế",
  building: "Đang thiết kế",
  in_trial: "Đơn vị đang dùng thử",
  confirmed: "Đơn vị đã xác nhận",
  returned: "Bị trả lại",
  published: "Đã công bố",
  announced: "Đã có văn bản thông báo",
  assigned: "Đã giao báo cáo",
};

export const ACTIONS: Record<Action, string> = {
  send: "Gửi đăng ký",
  take_up: "Tiếp nhận thiết kế",
  return: "Trả lại",
  hand_over: "Bàn giao bản dùng thử",
  confirm: "Xác nhận",
  publish: "Ghi nhận đã công bố",
  announce: "Thông báo bằng văn bản",
  assign: "Giao báo cáo",
};

export const PARTIES = { owner: "đơn vị đăng ký", designer: "bên thiết kế", lead: "cơ quan chủ trì" } as const;

export const CONTENTS = [
  { value: "figures", label: "Số liệu" },
  { value: "narrative", label: "Thuyết minh" },
  { value: "linked", label: "Liên kết (số liệu và thuyết minh)" },
];

const KEY = ["catalog", "registrations"] as const;

export const useRegistrations = () => useQuery({ queryKey: KEY, queryFn: () => call<Page<Registration>>("catalog", "/registrations") });

export const useRegistration = (id: string) =>
  useQuery({ queryKey: [...KEY, id], queryFn: () => call<Registration>("catalog", `/registrations/${id}`) });

function useChange<Input>(change: (input: Input) => Promise<Registration>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (found) => {
      queries.setQueryData([...KEY, found.id], found);
      await queries.invalidateQueries({ queryKey: KEY });
    },
  });
}

export interface Sending {
  asked: Asked;
  file: File | null;
  lead_unit_id?: string | null;
}

/** A new registration, or one that was returned and goes again: then the workbook sent before may stay. */
export const useSend = (again?: Registration) =>
  useChange(({ asked, file, lead_unit_id }: Sending) => {
    const form = new FormData();
    form.append("asked", JSON.stringify(asked));
    if (file) form.append("file", file);
    if (lead_unit_id && !again) form.append("lead_unit_id", lead_unit_id);
    return again
      ? call<Registration>("catalog", `/registrations/${again.id}:send`, { method: "POST", form, ifMatch: again.version })
      : call<Registration>("catalog", "/registrations", { method: "POST", form });
  });

export const useMove = (found: Registration) =>
  useChange(({ action, ...body }: Move & { action: Action }) =>
    call<Registration>("catalog", `/registrations/${found.id}/steps/${action}`, { method: "POST", body, ifMatch: found.version }),
  );
