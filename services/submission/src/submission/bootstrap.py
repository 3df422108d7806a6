"""The only module that knows which adapter stands behind which port. Building opens nothing."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from forms.apart import WorkbookReader
from kit.apart import Apart
from kit.bus import Consumer
from kit.clock import Clock, utc_now
from kit.copies import Copy
from kit.grpc import GrpcService
from kit.jobs import Job
from kit.service import Ground, Service
from province_profile import Profiles, load_profiles
from reporting.submission.v1.submission_pb2_grpc import add_SubmissionServiceServicer_to_server

from submission.adapters.catalog_client import (
    CatalogSnapshot,
    GrpcCatalog,
    read_form,
    read_merged,
    read_regime,
)
from submission.adapters.content.document import ReportContents
from submission.adapters.postgres.catalog_copy import FORMS, MERGED, REGIMES
from submission.adapters.postgres.lines import PostgresReportLines
from submission.adapters.postgres.measures import MEASURES
from submission.adapters.postgres.unit_of_work import PostgresUnitOfWork
from submission.adapters.signing_client import GrpcSigning
from submission.application.app import Application
from submission.application.commands.act_on_report import ActOnReportHandler
from submission.application.commands.ask_signing import SigningAsker
from submission.application.commands.declare_incident import DeclareIncidentHandler
from submission.application.commands.enter_figures import EnterFiguresHandler
from submission.application.commands.import_history import ImportHistoryHandler
from submission.application.commands.import_workbook import ImportWorkbookHandler
from submission.application.commands.make_aggregation import MakeAggregationHandler
from submission.application.commands.move_forms import MoveFormsHandler
from submission.application.commands.open_period import OPENER, OpenPeriodHandler, PeriodOpener
from submission.application.commands.send_report import SendReportHandler
from submission.application.commands.settle_place import SettlePlaceHandler
from submission.application.commands.submit_report import SubmitReportHandler
from submission.application.commands.take_known import TakeKnownHandler
from submission.application.commands.write_narrative import WriteNarrativeHandler
from submission.application.queries.compare_revisions import CompareRevisions
from submission.application.queries.exports import Exports
from submission.application.queries.form_moves import PreviewFormMoves
from submission.application.queries.progress import ShowProgress
from submission.application.queries.read_aggregation import ReadAggregation
from submission.application.queries.read_document import ReadDocument
from submission.application.queries.read_history import ReadHistory
from submission.application.queries.read_report import ReadReport
from submission.application.queries.tasks import ListTasks
from submission.application.reactions.signing_told import SigningReactions
from submission.application.standing import Standings
from submission.entrypoints.events import catalog as catalog_events
from submission.entrypoints.events import signing as signing_events
from submission.entrypoints.grpc.servicer import SubmissionServicer
from submission.entrypoints.http import (
    aggregations,
    comparisons,
    filings,
    form_moves,
    histories,
    incidents,
    periods,
    records,
    reports,
)
from submission.settings import Settings

MIGRATIONS = Path(__file__).parents[2] / "migrations"


class Parts:
    """Adapters and handlers of one process."""

    def __init__(self, ground: Ground, settings: Settings, clock: Clock) -> None:
        self.ground = ground
        self.clock = clock
        self.profiles: Profiles = load_profiles(settings.profiles_dir)
        self.catalog = GrpcCatalog(ground.channel("catalog"), ground.files)
        self.standings = Standings(ground.directory, self.profiles, clock)

    def open(self) -> PostgresUnitOfWork:
        return PostgresUnitOfWork(self.ground.database, self.ground.files, clock=self.clock)

    @cached_property
    def open_period(self) -> OpenPeriodHandler:
        return OpenPeriodHandler(self.open, self.catalog, self.ground.directory, self.standings, self.clock)

    @property
    def opener(self) -> PeriodOpener:
        return PeriodOpener(
            self.open, self.catalog, self.open_period, self.ground.directory, self.profiles, self.clock
        )

    @property
    def asker(self) -> SigningAsker:
        signing = GrpcSigning(self.ground.channel("signing"))
        return SigningAsker(self.open, signing, ReportContents(self.ground.directory), self.clock)

    def application(self) -> Application:
        opened, standings, clock, directory = self.open, self.standings, self.clock, self.ground.directory
        lines = PostgresReportLines(self.ground.database)
        read_report = ReadReport(opened, standings, clock)
        read_aggregation = ReadAggregation(opened, standings)
        return Application(
            open_period=self.open_period,
            enter_figures=EnterFiguresHandler(opened, standings, clock),
            take_known=TakeKnownHandler(opened, standings, clock),
            move_forms=MoveFormsHandler(opened, standings, clock),
            import_workbook=ImportWorkbookHandler(opened, standings, WorkbookReader(Apart()), clock),
            write_narrative=WriteNarrativeHandler(opened, standings, clock),
            submit_report=SubmitReportHandler(opened, standings, clock),
            act_on_report=ActOnReportHandler(opened, standings, clock),
            settle_place=SettlePlaceHandler(opened, standings, clock),
            send_report=SendReportHandler(opened, standings, clock),
            declare_incident=DeclareIncidentHandler(opened, directory, self.profiles, clock),
            make_aggregation=MakeAggregationHandler(opened, directory, clock),
            import_history=ImportHistoryHandler(opened, self.open_period, directory, standings, clock),
            read_report=read_report,
            read_history=ReadHistory(opened, standings),
            preview_form_moves=PreviewFormMoves(opened, standings),
            read_document=ReadDocument(opened, standings, self.ground.files),
            compare_revisions=CompareRevisions(opened, standings),
            read_aggregation=read_aggregation,
            exports=Exports(opened, read_report, read_aggregation, self.catalog),
            list_tasks=ListTasks(lines, standings, directory, self.profiles, clock),
            show_progress=ShowProgress(lines, standings, directory, self.profiles, clock),
            lines=lines,
            standings=standings,
            clock=clock,
        )


def build() -> Service:
    settings = Settings()
    ground = Ground("submission", settings)
    parts = Parts(ground, settings, utc_now)
    snapshot = CatalogSnapshot(ground.channel("catalog"))
    return Service(
        ground,
        application=parts.application(),
        routers=[
            reports.router,
            filings.router,
            form_moves.router,
            records.router,
            histories.router,
            comparisons.router,
            periods.router,
            aggregations.router,
            incidents.router,
        ],
        grpc=[
            GrpcService(
                add_SubmissionServiceServicer_to_server,
                SubmissionServicer(ground.files),
                "reporting.submission.v1.SubmissionService",
                callers={"ReadFile": {"signing"}},
            )
        ],
        consumers=[
            Consumer(
                "submission-signing",
                signing_events.SUBJECTS,
                signing_events.on_signing(SigningReactions(parts.standings)),
            ),
            Consumer("submission-deadlines", catalog_events.DEADLINES, catalog_events.on_deadline_changed),
            Consumer("submission-form-versions", catalog_events.FORMS_TAKEN, catalog_events.on_form_taken),
        ],
        jobs=[
            Job(str(OPENER.system), every=settings.opener_seconds, run=parts.opener),
            Job("signing-asker", every=settings.signing_seconds, run=parts.asker),
        ],
        copies=[
            Copy(
                REGIMES,
                peer="catalog",
                subjects=["reporting.catalog.regime.published.v1", "reporting.catalog.regime.closed.v1"],
                snapshot=snapshot.regimes,
                read=read_regime,
                after=snapshot.complete_regime,
            ),
            Copy(
                FORMS,
                peer="catalog",
                subjects=["reporting.catalog.form_version.published.v1"],
                snapshot=snapshot.form_versions,
                read=read_form,
                after=snapshot.complete_form,
            ),
            Copy(
                MERGED,
                peer="catalog",
                subjects=["reporting.catalog.indicator.merged.v1"],
                snapshot=snapshot.merged_indicators,
                read=read_merged,
            ),
        ],
        measures=MEASURES,
        open_unit_of_work=parts.open,
        migrations=MIGRATIONS,
        body_limits={"/history-imports": 60 << 20},
    )
