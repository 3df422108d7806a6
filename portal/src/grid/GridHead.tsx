import { useGrid } from "./context";

/** The header as the official form has it: nested and merged, then the columns' own numbers. */
export function GridHead() {
  const { layout, offsets } = useGrid();
  return (
    <thead>
      {layout.header.map((cells, level) => (
        <tr key={level}>
          {cells.map((cell) => {
            const left = offsets.get(cell.column);
            return (
              <th
                key={cell.column}
                colSpan={cell.span}
                rowSpan={cell.depth}
                scope={cell.span > 1 ? "colgroup" : "col"}
                className={left === undefined ? "" : "frozen"}
                style={left === undefined ? undefined : { left }}
              >
                {cell.text}
              </th>
            );
          })}
        </tr>
      ))}
      {layout.hasNumbers && (
        <tr className="column-numbers">
          {layout.columns.map((column) => {
            const left = offsets.get(column.id);
            return (
              <th key={column.id} scope="col" className={left === undefined ? "" : "frozen"} style={left === undefined ? undefined : { left }}>
                {column.number ?? ""}
              </th>
            );
          })}
        </tr>
      )}
    </thead>
  );
}
