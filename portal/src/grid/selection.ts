/** Where the person stands in the grid, by position in the layout. */
export interface Position {
  row: number;
  column: number;
}

export interface Span {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export class Selection {
  active: Position = { row: 0, column: 0 };
  anchor: Position = { row: 0, column: 0 };
  /** Grows when the person, not a redraw, moved: only then the cell takes the focus. */
  moves = 0;

  private listeners = new Set<() => void>();

  constructor(
    private rows: number,
    private columns: number,
  ) {}

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  resize(rows: number, columns: number): void {
    this.rows = rows;
    this.columns = columns;
    this.active = this.clamp(this.active);
    this.anchor = this.clamp(this.anchor);
  }

  get span(): Span {
    return {
      top: Math.min(this.active.row, this.anchor.row),
      bottom: Math.max(this.active.row, this.anchor.row),
      left: Math.min(this.active.column, this.anchor.column),
      right: Math.max(this.active.column, this.anchor.column),
    };
  }

  /** What one row shows of the selection; equal text means that the row needn't be drawn again. */
  rowView = (row: number): string => {
    const { top, bottom, left, right } = this.span;
    if (row < top || row > bottom) return "";
    return `${left}-${right}${row === this.active.row ? `@${this.active.column}#${this.moves}` : ""}`;
  };

  go(to: Position, extend = false): void {
    this.active = this.clamp(to);
    if (!extend) this.anchor = this.active;
    this.moves += 1;
    for (const listener of this.listeners) listener();
  }

  step(rows: number, columns: number, extend = false): void {
    this.go({ row: this.active.row + rows, column: this.active.column + columns }, extend);
  }

  all(): void {
    this.anchor = { row: 0, column: 0 };
    this.go({ row: this.rows - 1, column: this.columns - 1 }, true);
  }

  private clamp({ row, column }: Position): Position {
    return {
      row: Math.max(0, Math.min(row, this.rows - 1)),
      column: Math.max(0, Math.min(column, this.columns - 1)),
    };
  }
}
