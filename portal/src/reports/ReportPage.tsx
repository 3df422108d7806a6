import { Tabs } from "antd";
import { useState } from "react";
import { useParams, useSearchParams } from "react-router";

import { useMe } from "@/api/me";
import { DifferenceTab } from "@/difference/DifferenceTab";
import { PinList } from "@/returns/PinList";
import { cellPlace, type PinPlace } from "@/returns/pins";
import { ReturnNotice } from "@/returns/ReturnNotice";
import { usePins } from "@/returns/usePins";
import { Loaded } from "@/shared/Loaded";
import { PageTitle } from "@/shared/PageTitle";
import { VersionBanner } from "@/versions/VersionBanner";
import { SigningTab } from "@/signing/SigningTab";

import { ActionsBar } from "./ActionsBar";
import { useFormVersion, useReport, type FilingSummary, type Report } from "./api";
import { FilingTab } from "./FilingTab";
import { HistoryTab } from "./HistoryTab";
import { NarrativeTab } from "./NarrativeTab";
import { ReportHeader } from "./ReportHeader";
import { ValidationTab } from "./ValidationTab";

export function ReportPage() {
  const { id = "" } = useParams();
  const report = useReport(id);
  return <Loaded query={report}>{(data) => <ReportDesk key={data.id} report={data} />}</Loaded>;
}

interface Target {
  form: string;
  row: string;
  column: string;
  section: string;
  at: number;
}

/** Which of the two ways back this person has. */
const returning = (report: Report): string => (report.actions.some((item) => item.action === "return" && item.allowed) ? "return" : "reject");

function ReportDesk({ report }: { report: Report }) {
  const me = useMe().data;
  const [params, setParams] = useSearchParams();
  const [target, setTarget] = useState<Target | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const { board, pins } = usePins(report);
  const first = report.filings[0] ? `bieu-${report.filings[0].form_version_id}` : "thuyet-minh";
  const tab = params.get("muc") ?? first;
  const show = (key: string) => setParams({ muc: key }, { replace: true });
  const go = ({ form_version_id: form, row, column, section_id: section }: PinPlace) => {
    setTarget({ form: form ?? "", row, column, section, at: Date.now() });
    show(section ? "thuyet-minh" : `bieu-${form}`);
  };
  const readOnly = !report.actions.some((action) => action.action === "enter" && action.allowed);
  const errors = report.filings.reduce((sum, filing) => sum + filing.errors, 0);

  return (
    <>
      <PageTitle title={`${report.regime.name} – ${report.period.label}`}>
        <ReportHeader report={report} />
      </PageTitle>
      <ReturnNotice report={report} onGo={go} />
      <VersionBanner report={report} accountId={me?.account.id ?? ""} onMoved={() => setParams({}, { replace: true })} />
      <ActionsBar report={report} chosen={chosen} onChoose={setChosen} />
      <PinList report={report} board={board} pins={pins} onGo={go} onReturn={() => setChosen(returning(report))} />
      <Tabs
        activeKey={tab}
        onChange={show}
        destroyOnHidden
        items={[
          ...report.filings.map((filing) => ({
            key: `bieu-${filing.form_version_id}`,
            label: filingLabel(filing),
            children: (
              <FilingLoader
                report={report}
                filing={filing}
                accountId={me?.account.id ?? ""}
                readOnly={readOnly}
                target={target?.form === filing.form_version_id ? target : null}
              />
            ),
          })),
          { key: "thuyet-minh", label: "Thuyết minh", children: <NarrativeTab report={report} accountId={me?.account.id ?? ""} readOnly={readOnly} target={target?.section ? target : null} /> },
          {
            key: "kiem-tra",
            label: errors > 0 ? `Kiểm tra (${errors} lỗi)` : "Kiểm tra",
            children: (
              <ValidationTab
                report={report}
                onGo={(form, row, column) => go(cellPlace(form, row, column))}
              />
            ),
          },
          { key: "ky-so", label: "Ký số", children: <SigningTab report={report} /> },
          ...(report.revision > 1 && report.sees_figures ? [{ key: "khac-biet", label: "Khác biệt", children: <DifferenceTab report={report} onGo={go} /> }] : []),
          { key: "lich-su", label: "Lịch sử", children: <HistoryTab report={report} /> },
        ]}
      />
    </>
  );
}

function filingLabel(filing: FilingSummary): string {
  const marks = filing.errors > 0 ? `, ${filing.errors} lỗi` : "";
  const total = filing.cells_total > 0 ? `/${filing.cells_total}` : "";
  return `${filing.form_name} (${filing.cells_filled}${total} ô${marks})`;
}

interface LoaderProps {
  report: Report;
  filing: FilingSummary;
  accountId: string;
  readOnly: boolean;
  target: Target | null;
}

function FilingLoader({ report, filing, accountId, readOnly, target }: LoaderProps) {
  const version = useFormVersion(filing.form_version_id);
  return (
    <Loaded query={version}>
      {({ model }) => (
        <FilingTab
          key={filing.form_version_id}
          report={report}
          formVersionId={filing.form_version_id}
          formName={filing.form_name}
          model={model}
          accountId={accountId}
          readOnly={readOnly}
          target={target}
        />
      )}
    </Loaded>
  );
}
