import Dexie, { type EntityTable } from "dexie";

import type { CellKey } from "@/forms/model";

import type { Edit } from "./store";

/**
 * Entries that the server doesn't have yet, kept in this browser so that nothing typed is lost by a broken
 * network, a stopped server or a closed page. Kept by account: the next person at this machine doesn't see them.
 */
interface KeptEdit {
  id: string;
  place: string;
  edit: Edit;
  kept_at: number;
}

interface KeptText {
  id: string;
  place: string;
  text: string;
  version: number;
  kept_at: number;
}

class Shelf extends Dexie {
  edits!: EntityTable<KeptEdit, "id">;
  texts!: EntityTable<KeptText, "id">;

  constructor() {
    super("reporting-portal");
    this.version(1).stores({ edits: "id, place", texts: "id, place" });
  }
}

const shelf = new Shelf();

export interface FilingPlace {
  accountId: string;
  reportId: string;
  formVersionId: string;
}

const nameOf = (place: FilingPlace): string => `${place.accountId}/${place.reportId}/${place.formVersionId}`;

export async function keepEdits(place: FilingPlace, edits: readonly Edit[]): Promise<void> {
  const name = nameOf(place);
  await shelf.edits.bulkPut(
    edits.map((edit) => ({ id: `${name}/${edit.key}`, place: name, edit, kept_at: Date.now() })),
  );
}

export async function dropEdits(place: FilingPlace, keys: readonly CellKey[]): Promise<void> {
  const name = nameOf(place);
  await shelf.edits.bulkDelete(keys.map((key) => `${name}/${key}`));
}

export async function keptEdits(place: FilingPlace): Promise<Edit[]> {
  return (await shelf.edits.where("place").equals(nameOf(place)).toArray()).map((kept) => kept.edit);
}

/** Narrative sections in the same way. */
export async function keepText(place: FilingPlace, section: string, text: string, version: number): Promise<void> {
  const name = nameOf(place);
  await shelf.texts.put({ id: `${name}/${section}`, place: name, text, version, kept_at: Date.now() });
}

export async function dropTexts(place: FilingPlace): Promise<void> {
  await shelf.texts.where("place").equals(nameOf(place)).delete();
}

export async function keptTexts(place: FilingPlace): Promise<Map<string, string>> {
  const name = nameOf(place);
  const kept = await shelf.texts.where("place").equals(name).toArray();
  return new Map(kept.map((item) => [item.id.slice(name.length + 1), item.text]));
}
