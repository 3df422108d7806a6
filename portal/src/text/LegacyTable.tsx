interface Line {
  where?: string;
  before: string;
  after: string;
}

/** What stands there (a heading says where) and what it would read as, side by side. */
export function LegacyTable({ lines, standing }: { lines: Line[]; standing: string }) {
  const placed = lines.some((line) => line.where);
  return (
    <div className="legacy-table" tabIndex={0} role="region" aria-label="Bản xem trước chuyển mã">
      <table className="plain-table">
        <caption className="visually-hidden">Trước và sau khi chuyển mã</caption>
        <thead>
          <tr>
            {placed && <th scope="col">Vị trí</th>}
            <th scope="col">{standing}</th>
            <th scope="col">Sau khi chuyển</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <tr key={index}>
              {placed && <td className="nowrap">{line.where}</td>}
              <td>{line.before}</td>
              <td>{line.after}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
