import { call, fetchFile } from "@/api/http";
import { asProblem } from "@/api/problem";

import type { Encoding } from "./legacy";

/** What the server found in a file and what each place would say. */
export interface FileCheck {
  file_name: string;
  count: number;
  encodings: Partial<Record<Encoding, number>>;
  places: FilePlace[];
}

export interface FilePlace {
  encoding: Encoding;
  before: string;
  after: string;
  font: string | null;
  sheet: string | null;
  cell: string | null;
  part: string | null;
}

const LEGACY = "forms.text.legacy_encoding";

export function isLegacyRefusal(error: unknown): boolean {
  return asProblem(error).code === LEGACY;
}

export function checkFile(file: File): Promise<FileCheck> {
  return call<FileCheck>("catalog", "/texts:check", { method: "POST", form: formOf(file) });
}

/** The same file in Unicode, under the same name: it takes the place of the refused one. */
export async function convertFile(file: File): Promise<File> {
  const { blob } = await fetchFile("catalog", "/texts:convert", undefined, { method: "POST", form: formOf(file) });
  return new File([blob], file.name, { type: blob.type });
}

export function placeOf(place: FilePlace): string {
  return [place.sheet && `trang ${place.sheet}`, place.cell && `ô ${place.cell}`, place.part].filter(Boolean).join(", ");
}

function formOf(file: File): FormData {
  const form = new FormData();
  form.append("file", file);
  return form;
}
