import { day, moment, span } from "@/shared/dates";

import type { Receipt } from "./api";

/** On time or late, by how much, and for a later sending: that the first one counts. */
export function punctualityWords(receipt: Receipt, first: Receipt): string {
  if (first.fallback) return `${receipt.punctuality} (tính theo văn bản ${first.fallback.number} ngày ${day(first.fallback.issued_on)} gửi khi Hệ thống gián đoạn)`;
  const by = span(new Date(receipt.due_at).getTime() - new Date(first.sent_at).getTime());
  const words = receipt.late ? `${receipt.punctuality}, chậm ${by}` : `${receipt.punctuality}, trước hạn ${by}`;
  return receipt.sending > 1 ? `${words} (tính theo lần gửi đầu, ${moment(first.sent_at)})` : words;
}

/** A hash in groups of eight, as one compares it by eye. */
export const hashWords = (hash: string): string => hash.replace(/(.{8})(?=.)/g, "$1 ");
