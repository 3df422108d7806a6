/** A place that whoever returns a report points at, with what is wrong there. */
export interface Pin {
  form_version_id: string | null;
  row: string;
  column: string;
  section_id: string;
  note: string;
  /** The place in words, as the person saw it when marking. */
  words: string;
}

export type PinPlace = Pick<Pin, "form_version_id" | "row" | "column" | "section_id">;

export const pinKey = (place: PinPlace): string => [place.form_version_id ?? "", place.row, place.column, place.section_id].join("/");

export const cellPlace = (form: string, row: string, column: string): PinPlace => ({ form_version_id: form, row, column, section_id: "" });
export const sectionPlace = (section: string): PinPlace => ({ form_version_id: null, row: "", column: "", section_id: section });

/**
 * Marks of one person on one revision that aren't sent yet. They outlive a reload, but not the browser's tab: the next
 * person at this machine doesn't find them.
 */
export class PinBoard {
  items: readonly Pin[];
  private listeners = new Set<() => void>();

  constructor(
    private readonly name: string,
    private readonly shelf: Pick<Storage, "getItem" | "setItem" | "removeItem">,
  ) {
    this.items = kept(shelf.getItem(name));
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  current = (): readonly Pin[] => this.items;

  at(place: PinPlace): Pin | undefined {
    return this.items.find((pin) => pinKey(pin) === pinKey(place));
  }

  /** A place has one mark: marking it again changes what is written there. */
  put(pin: Pin): void {
    const known = this.at(pin) !== undefined;
    this.take(known ? this.items.map((item) => (pinKey(item) === pinKey(pin) ? pin : item)) : [...this.items, pin]);
  }

  remove(place: PinPlace): void {
    this.take(this.items.filter((item) => pinKey(item) !== pinKey(place)));
  }

  clear(): void {
    this.take([]);
  }

  /** As the act of returning sends them. */
  places(): Omit<Pin, "words">[] {
    return this.items.map(({ form_version_id, row, column, section_id, note }) => ({ form_version_id, row, column, section_id, note }));
  }

  private take(items: readonly Pin[]): void {
    this.items = items;
    if (items.length === 0) this.shelf.removeItem(this.name);
    else this.shelf.setItem(this.name, JSON.stringify(items));
    for (const listener of this.listeners) listener();
  }
}

function kept(text: string | null): Pin[] {
  try {
    const read: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(read) ? (read as Pin[]) : [];
  } catch {
    return [];
  }
}
