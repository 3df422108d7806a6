import { useEffect, type ReactNode } from "react";

interface Props {
  title: string;
  extra?: ReactNode;
  children?: ReactNode;
}

/** Title of a page, also of the browser's tab. */
export function PageTitle({ title, extra, children }: Props) {
  useEffect(() => {
    document.title = `${title} – Hệ thống thông tin báo cáo`;
  }, [title]);
  return (
    <div className="page-title">
      <div>
        <h1>{title}</h1>
        {children}
      </div>
      {extra && <div className="page-extra no-print">{extra}</div>}
    </div>
  );
}
