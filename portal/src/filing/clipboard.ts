/** A block as spreadsheets put it on the clipboard: tabs between cells, quotes around cells with line breaks. */
export function parseBlock(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  const source = text.replace(/\r\n?/g, "\n");
  for (let i = 0; i < source.length; i += 1) {
    const char = source[i] as string;
    if (quoted) {
      if (char !== '"') cell += char;
      else if (source[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else quoted = false;
    } else if (char === '"' && cell === "" && closesBeforeBoundary(source, i)) quoted = true;
    else if (char === "\t") {
      row.push(cell);
      cell = "";
    } else if (char === "\n") {
      rows.push([...row, cell]);
      row = [];
      cell = "";
    } else cell += char;
  }
  // A trailing line break ends the last row; it doesn't begin one more.
  if (cell !== "" || row.length > 0) rows.push([...row, cell]);
  return rows;
}

/** A quote only opens a cell if its partner stands at the cell's end; otherwise it is a part of the text. */
function closesBeforeBoundary(source: string, start: number): boolean {
  for (let i = start + 1; i < source.length; i += 1) {
    if (source[i] !== '"') continue;
    if (source[i + 1] === '"') i += 1;
    else return source[i + 1] === undefined || source[i + 1] === "\t" || source[i + 1] === "\n";
  }
  return false;
}

export function toBlock(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(quote).join("\t")).join("\r\n");
}

function quote(text: string): string {
  return /[\t\n"]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
