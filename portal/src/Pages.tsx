import { Spin } from "antd";
import { lazy, Suspense, useEffect } from "react";
import { Route, Routes, useNavigate } from "react-router";

import { takeReturnPath } from "@/api/session";
import { PageFault } from "@/shared/PageFault";
import { Shell } from "@/shell/Shell";
import { TasksPage } from "@/tasks/TasksPage";

const page = <Name extends string>(load: () => Promise<Record<Name, React.ComponentType>>, name: Name) =>
  lazy(async () => ({ default: (await load())[name] }));

const ReportsPage = page(() => import("@/reports/ReportsPage"), "ReportsPage");
const ReportPage = page(() => import("@/reports/ReportPage"), "ReportPage");
const ReceiptPage = page(() => import("@/receipts/ReceiptPage"), "ReceiptPage");
const ApprovalsPage = page(() => import("@/approvals/ApprovalsPage"), "ApprovalsPage");
const ProgressPage = page(() => import("@/progress/ProgressPage"), "ProgressPage");
const AggregationsPage = page(() => import("@/aggregation/AggregationsPage"), "AggregationsPage");
const AggregationPage = page(() => import("@/aggregation/AggregationPage"), "AggregationPage");
const FormsPage = page(() => import("@/designer/FormsPage"), "FormsPage");
const FormPage = page(() => import("@/designer/FormPage"), "FormPage");
const IndicatorsPage = page(() => import("@/indicators/IndicatorsPage"), "IndicatorsPage");
const IndicatorPage = page(() => import("@/indicators/IndicatorPage"), "IndicatorPage");
const DuplicatesPage = page(() => import("@/indicators/DuplicatesPage"), "DuplicatesPage");
const SetsPage = page(() => import("@/indicators/SetsPage"), "SetsPage");
const SetPage = page(() => import("@/indicators/SetPage"), "SetPage");
const CataloguesPage = page(() => import("@/catalogues/CataloguesPage"), "CataloguesPage");
const RegimesPage = page(() => import("@/regimes/RegimesPage"), "RegimesPage");
const RegimePage = page(() => import("@/regimes/RegimePage"), "RegimePage");
const RegimeYearPage = page(() => import("@/regimes/RegimeYearPage"), "RegimeYearPage");
const CalendarPage = page(() => import("@/calendar/CalendarPage"), "CalendarPage");
const RegistrationsPage = page(() => import("@/registrations/RegistrationsPage"), "RegistrationsPage");
const RegistrationPage = page(() => import("@/registrations/RegistrationPage"), "RegistrationPage");
const OversightPage = page(() => import("@/regimes/OversightPage"), "OversightPage");
const TrialPage = page(() => import("@/designer/TrialPage"), "TrialPage");
const PublicRegimesPage = page(() => import("@/open/PublicRegimesPage"), "PublicRegimesPage");
const MessagesPage = page(() => import("@/messages/MessagesPage"), "MessagesPage");
const IncidentsPage = page(() => import("@/incidents/IncidentsPage"), "IncidentsPage");
const MaintenancePage = page(() => import("@/maintenance/MaintenancePage"), "MaintenancePage");
const AccountsPage = page(() => import("@/accounts/AccountsPage"), "AccountsPage");

export function Pages() {
  const navigate = useNavigate();
  useEffect(() => {
    const path = window.location.pathname === "/" ? takeReturnPath() : null;
    if (path && path !== "/") void navigate(path, { replace: true });
  }, [navigate]);
  return (
    <PageFault>
      <Suspense fallback={<Spin className="waiting" />}>
        <Routes>
          <Route path="cong-khai" element={<PublicRegimesPage />} />
          <Route element={<Shell />}>
            <Route index element={<TasksPage />} />
            <Route path="bao-cao" element={<ReportsPage />} />
            <Route path="bao-cao/:id" element={<ReportPage />} />
            <Route path="bao-cao/:id/bien-nhan" element={<ReceiptPage />} />
            <Route path="duyet" element={<ApprovalsPage />} />
            <Route path="tien-do" element={<ProgressPage />} />
            <Route path="tong-hop" element={<AggregationsPage />} />
            <Route path="tong-hop/:id" element={<AggregationPage />} />
            <Route path="bieu-mau" element={<FormsPage />} />
            <Route path="bieu-mau/:id" element={<FormPage />} />
            <Route path="chi-tieu" element={<IndicatorsPage />} />
            <Route path="chi-tieu/gan-trung" element={<DuplicatesPage />} />
            <Route path="chi-tieu/bo" element={<SetsPage />} />
            <Route path="chi-tieu/bo/:id" element={<SetPage />} />
            <Route path="chi-tieu/:id" element={<IndicatorPage />} />
            <Route path="danh-muc" element={<CataloguesPage />} />
            <Route path="che-do" element={<RegimesPage />} />
            <Route path="che-do/:id" element={<RegimePage />} />
            <Route path="che-do/:id/nam" element={<RegimeYearPage />} />
            <Route path="lich-lam-viec" element={<CalendarPage />} />
            <Route path="dang-ky" element={<RegistrationsPage />} />
            <Route path="dang-ky/:id" element={<RegistrationPage />} />
            <Route path="ra-soat" element={<OversightPage />} />
            <Route path="dung-thu/:id" element={<TrialPage />} />
            <Route path="thong-bao" element={<MessagesPage />} />
            <Route path="su-co" element={<IncidentsPage />} />
            <Route path="bao-tri" element={<MaintenancePage />} />
            <Route path="tai-khoan" element={<AccountsPage />} />
            <Route path="*" element={<NotHere />} />
          </Route>
        </Routes>
      </Suspense>
    </PageFault>
  );
}

function NotHere() {
  return (
    <div className="waiting">
      Không có trang này. <a href="/">Về trang Công việc của tôi</a>
    </div>
  );
}
