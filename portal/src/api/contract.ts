/**
 * Proof for the compiler that the shapes the pages are written against are those the services give: each line
 * fails to compile when a generated type no longer fits. Figures are left out where the contract only says "object".
 */
import type { AccountDetail, AccountItem } from "@/accounts/api";
import type { Aggregation } from "@/aggregation/api";
import type { CalendarRevision, CalendarYear, Feed, MovedDeadline } from "@/calendar/api";
import type { Entry, EntrySeen } from "@/catalogues/api";
import type { Imported, IndicatorItem, IndicatorSeen, Pair } from "@/indicators/api";
import type { Incident } from "@/incidents/api";
import type { Maintenance, NoticeRule, Standing } from "@/maintenance/api";
import type { Message } from "@/messages/api";
import type { Period, ProgressRow, RegimeItem } from "@/progress/api";
import type { Allocation } from "@/regimes/allocationApi";
import type { DesignedVersion, FormItem, FormLink, Proposal, VersionSummary } from "@/designer/api";
import type { Change, PackageContent } from "@/designer/library";
import type { PublicRegime } from "@/open/PublicRegimesPage";
import type { Checks, Opened, VersionTaken } from "@/regimes/api";
import type { Announcement, Burden, ReviewDue } from "@/regimes/oversight";
import type { Registration } from "@/registrations/api";
import type { FilingCell, FilingRow, Report, ReportSummary } from "@/reports/api";
import type { CellConflict } from "@/reports/filingTransport";
import type { Receipt } from "@/receipts/api";
import type { Act } from "@/returns/history";
import type { Compared, FormDifference } from "@/difference/api";
import type { SigningRequest, Verification } from "@/signing/api";
import type { FileCheck } from "@/text/conversion";
import type { Fallen, FormMove, FormMoves, MovedForm, NewCell } from "@/versions/api";

import type { components as Catalog } from "./generated/catalog";
import type { components as Identity } from "./generated/identity";
import type { components as Notify } from "./generated/notify";
import type { components as Signing } from "./generated/signing";
import type { components as Submission } from "./generated/submission";
import type { Me, SearchItem, TaskItem } from "./types";

type C = Catalog["schemas"];
type I = Identity["schemas"];
type N = Notify["schemas"];
type S = Signing["schemas"];
type R = Submission["schemas"];

type Fits<Wanted, Given extends Wanted> = [Wanted, Given];

export type Proof = [
  Fits<Me, I["MeOut"]>,
  Fits<AccountItem["rights"], I["AccountItem"]["rights"]>,
  Fits<Omit<AccountItem, "state" | "unit_name">, Omit<I["AccountItem"], "state" | "unit_name">>,
  Fits<Omit<AccountDetail, "state">, Omit<I["AccountDetailOut"], "state">>,
  Fits<FileCheck, C["TextCheckOut"]>,
  Fits<TaskItem, I["TaskOut"]>,
  Fits<TaskItem, C["TaskOut"]>,
  Fits<TaskItem, R["TaskOut"]>,
  Fits<TaskItem, S["TaskOut"]>,
  Fits<TaskItem, N["TaskOut"]>,
  Fits<SearchItem, R["FoundOut"]>,
  Fits<SearchItem, S["FoundOut"]>,
  Fits<VersionSummary, C["VersionSummaryOut"]>,
  Fits<FormItem, C["FormOut"]>,
  Fits<Proposal, C["ProposalOut"]>,
  Fits<CalendarYear, C["CalendarOut"]>,
  Fits<CalendarRevision, C["CalendarRevisionOut"]>,
  Fits<MovedDeadline, C["MovedDeadlineOut"]>,
  Fits<Feed, C["FeedOut"]>,
  Fits<Feed & { path: string }, C["FeedMadeOut"]>,
  Fits<Entry, Required<C["EntryOut"]>>,
  Fits<EntrySeen, Required<C["EntrySeenOut"]>>,
  Fits<IndicatorItem, C["IndicatorSummaryOut"]>,
  Fits<Omit<IndicatorSeen, "versions">, Omit<C["IndicatorSeenOut"], "versions">>,
  Fits<Pair, C["PairOut"]>,
  Fits<Imported, C["ImportedOut"]>,
  Fits<FormLink, C["LinkBody"]>,
  Fits<DesignedVersion["testers"], C["FormVersionOut"]["testers"]>,
  Fits<Change, C["ChangeOut"]>,
  Fits<PackageContent, C["PackageReadOut"]>,
  Fits<Registration, C["RegistrationOut"] & { asked: Required<C["AskedBody"]> }>,
  Fits<Checks, C["ChecksOut"]>,
  Fits<ReviewDue, C["ReviewDueOut"]>,
  Fits<Announcement, C["AnnouncementOut"]>,
  Fits<Burden, C["BurdenOut"]>,
  Fits<PublicRegime, C["PublicRegimeOut"]>,
  Fits<RegimeItem, C["RegimeSummaryOut"]>,
  Fits<Period, C["PeriodOut"]>,
  Fits<ReportSummary, R["LineOut"]>,
  Fits<Report, R["ReportOut"]>,
  Fits<ProgressRow, R["UnitProgressOut"]>,
  Fits<Allocation, C["AllocationOut"]>,
  Fits<Opened, R["PeriodOpenedOut"]>,
  Fits<FilingRow, Required<R["RowOut"]>>,
  Fits<Omit<FilingCell, "value">, Omit<Required<R["CellOut"]>, "value">>,
  Fits<Omit<CellConflict, "theirs">, Omit<R["ConflictOut"], "theirs">>,
  Fits<Act, R["ActOut"]>,
  Fits<Omit<FormMoves, "waiting" | "done">, Omit<Required<R["FormMovesOut"]>, "waiting" | "done">>,
  Fits<Omit<FormMove, "fallen" | "totals">, Omit<R["FormMoveOut"], "fallen" | "totals">>,
  Fits<Omit<MovedForm, "fallen">, Omit<R["MovedFormOut"], "fallen">>,
  Fits<Omit<Fallen, "value">, Omit<R["FallenOut"], "value">>,
  Fits<NewCell, R["NewCellOut"]>,
  Fits<Omit<VersionTaken, "regime">, Omit<C["VersionTakenOut"], "regime">>,
  Fits<Receipt, R["ReceiptOut"]>,
  Fits<Omit<Compared, "forms">, Omit<R["ComparedOut"], "forms">>,
  Fits<Omit<FormDifference, "cells" | "rows_added" | "rows_removed">, Omit<R["FormDifferenceOut"], "cells" | "rows_added" | "rows_removed">>,
  Fits<Omit<Aggregation, "forms" | "would_change">, Omit<R["AggregationOut"], "forms" | "would_change">>,
  Fits<Omit<SigningRequest, "waits_for">, Omit<S["RequestOut"], "waits_for">>,
  Fits<Verification, S["VerificationOut"]>,
  Fits<Message, N["MessageOut"]>,
  Fits<Incident, R["IncidentOut"]>,
  Fits<Standing, N["StandingOut"]>,
  Fits<NoticeRule, N["NoticeRuleOut"]>,
  Fits<Maintenance, N["MaintenanceOut"]>,
];
