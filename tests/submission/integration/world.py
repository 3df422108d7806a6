"""This service on a real database, with catalog, identity and signing played by fakes of its ports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from forms.apart import WorkbookReader
from forms.model import FormModel
from forms.reading import propose
from google.protobuf.json_format import ParseDict
from kit.actor import Actor
from kit.apart import Apart
from kit.copies import CopyItem, ItemStore
from kit.db import Database
from kit.directory import DirectoryAccount, DirectoryGrant, DirectoryPlace
from kit.errors import Unavailable
from kit.files import FileStore, FolderStore
from kit.testing import FakeDirectory
from province_profile import load_profiles
from reporting.catalog.v1 import catalog_pb2 as pb
from submission.adapters.content.document import ReportContents
from submission.adapters.postgres.catalog_copy import FORMS, REGIMES
from submission.adapters.postgres.lines import PostgresReportLines
from submission.adapters.postgres.unit_of_work import PostgresUnitOfWork
from submission.application.commands.act_on_report import ActOnReport, ActOnReportHandler
from submission.application.commands.ask_signing import SigningAsker
from submission.application.commands.enter_figures import EnterFiguresHandler
from submission.application.commands.import_history import ImportHistoryHandler
from submission.application.commands.import_workbook import ImportWorkbookHandler
from submission.application.commands.make_aggregation import MakeAggregationHandler
from submission.application.commands.move_forms import MoveFormsHandler
from submission.application.commands.open_period import OpenPeriodHandler, PeriodOpener
from submission.application.commands.send_report import SendReportHandler
from submission.application.commands.settle_place import SettlePlaceHandler
from submission.application.commands.submit_report import SubmitReportHandler
from submission.application.commands.take_known import TakeKnownHandler
from submission.application.commands.write_narrative import WriteNarrativeHandler
from submission.application.ports import OpenedPeriod, SigningOrder
from submission.application.published import PublishedForm
from submission.application.queries.compare_revisions import CompareRevisions
from submission.application.queries.exports import Exports
from submission.application.queries.form_moves import PreviewFormMoves
from submission.application.queries.progress import ShowProgress
from submission.application.queries.read_aggregation import ReadAggregation
from submission.application.queries.read_history import ReadHistory
from submission.application.queries.read_report import ReadReport
from submission.application.queries.tasks import ListTasks
from submission.application.reactions.signing_told import SigningReactions
from submission.application.standing import Standings
from submission.domain.acts import PinnedCell
from submission.domain.assignment import LeveledDeadline, ReportingPeriod
from submission.domain.punctuality import Deadline
from submission.domain.report import Report
from submission.domain.states import Action

ROOT = Path(__file__).resolve().parents[3]
DUE = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
OCTOBER = ReportingPeriod("2026-10", "month", "Tháng 10 năm 2026", date(2026, 10, 1), date(2026, 10, 31))


@dataclass
class FakeCatalog:
    template_bytes: bytes
    opened: list[OpenedPeriod] = field(default_factory=list)

    async def periods(self, regime_id: UUID, first: date, last: date) -> Sequence[OpenedPeriod]:
        return [each for each in self.opened if first <= each.period.first_day <= last]

    async def template(self, form: PublishedForm) -> bytes:
        return self.template_bytes


@dataclass
class FakeSigning:
    asked: list[SigningOrder] = field(default_factory=list)
    voided: list[tuple[UUID, int]] = field(default_factory=list)
    away: bool = False

    async def request(self, order: SigningOrder, report: Report) -> str:
        if self.away:
            raise Unavailable("kit.grpc.unavailable", "signing không trả lời")
        self.asked.append(order)
        return f"request-{report.id}-{order.revision}"

    async def void(self, report_id: UUID, revision: int, reason: str) -> None:
        self.voided.append((report_id, revision))


class World:
    """One province with a lead agency and three communes; each person holds only their own rights."""

    def __init__(self, database: Database, files: Path, profile: str, template: bytes) -> None:
        self.database = database
        self.now = DUE - timedelta(days=2)
        self.province, self.lead = uuid4(), uuid4()
        self.communes = [uuid4() for _ in range(3)]
        self.regime_id, self.form_id, self.form_of_all_versions = uuid4(), uuid4(), uuid4()
        self.model: FormModel = propose(template).model
        self.files = FileStore(FolderStore(files))
        self.catalog = FakeCatalog(template, [self._october()])
        self.signing = FakeSigning()
        self.directory = FakeDirectory(*self._places(profile), clock=self.clock)
        self.profiles = load_profiles(ROOT / "profiles")
        standings = Standings(self.directory, self.profiles, self.clock)
        self.standings = standings
        self.open_period = OpenPeriodHandler(self.open, self.catalog, self.directory, standings, self.clock)
        self.opener = PeriodOpener(
            self.open, self.catalog, self.open_period, self.directory, self.profiles, self.clock
        )
        self.enter = EnterFiguresHandler(self.open, standings, self.clock)
        self.import_workbook = ImportWorkbookHandler(
            self.open, standings, WorkbookReader(Apart()), self.clock
        )
        self.take_known = TakeKnownHandler(self.open, standings, self.clock)
        self.move_forms = MoveFormsHandler(self.open, standings, self.clock)
        self.form_moves = PreviewFormMoves(self.open, standings)
        self.narrate = WriteNarrativeHandler(self.open, standings, self.clock)
        self.submit = SubmitReportHandler(self.open, standings, self.clock)
        self.act_on = ActOnReportHandler(self.open, standings, self.clock)
        self.send = SendReportHandler(self.open, standings, self.clock)
        self.aggregate = MakeAggregationHandler(self.open, self.directory, self.clock)
        self.import_history = ImportHistoryHandler(
            self.open, self.open_period, self.directory, standings, self.clock
        )
        self.asker = SigningAsker(self.open, self.signing, ReportContents(self.directory), self.clock)
        self.reactions = SigningReactions(standings)
        self.settle = SettlePlaceHandler(self.open, standings, self.clock)
        self.reading = ReadReport(self.open, standings, self.clock)
        self.histories = ReadHistory(self.open, standings)
        self.compare = CompareRevisions(self.open, standings)
        self.aggregates = ReadAggregation(self.open, standings)
        self.exports = Exports(self.open, self.reading, self.aggregates, self.catalog)
        self.lines = PostgresReportLines(database)
        self.tasks = ListTasks(self.lines, standings, self.directory, self.profiles, self.clock)
        self.progress = ShowProgress(self.lines, standings, self.directory, self.profiles, self.clock)

    def clock(self) -> datetime:
        return self.now

    def open(self) -> PostgresUnitOfWork:
        return PostgresUnitOfWork(self.database, self.files, clock=self.clock)

    def person(self, *rights: str, at: UUID | None = None, name: str = "Nguyễn Văn An") -> Actor:
        account = DirectoryAccount(
            uuid4(), self.province, at or self.communes[0], uuid4().hex, name, "Chủ tịch"
        )
        self.directory.accounts[account.id] = account
        for right in rights:
            self.directory.grants.append(
                DirectoryGrant(uuid4(), account.id, right, account.place_id, province_id=self.province)
            )
        return Actor.account(account.id)

    async def publish(self, **different: object) -> None:
        """What catalog's copy would hold."""
        regime = pb.Regime(
            id=str(self.regime_id), province_id=str(self.province), code="KTXH", name="Báo cáo KT-XH tháng",
            lead_unit_id=str(self.lead), reporting_unit_ids=[str(unit) for unit in self.communes],
            form_version_ids=[str(self.form_id)], state="published", version=1, starts_on="2026-10-01",
            outline=[pb.OutlineSection(id="I", heading="I. Tình hình thực hiện", level=1)],
        )  # fmt: skip
        regime.MergeFrom(pb.Regime(**different))
        form = pb.FormVersion(
            id=str(self.form_id), form_id=str(self.form_of_all_versions), province_id=str(self.province), code="01/KTXH-T",
            name="Một số chỉ tiêu kinh tế - xã hội", number=1, state="published", version=1,
            model_json=self.model.model_dump_json(),
        )  # fmt: skip
        async with self.open() as uow:
            await ItemStore(REGIMES).put(uow.session, [CopyItem(regime.id, 1, regime)], force=True)
            await ItemStore(FORMS).put(uow.session, [CopyItem(form.id, 1, form)], force=True)
            await uow.commit()

    async def allocate(self, allocations: Sequence[pb.FormAllocation]) -> None:
        """As catalog tells it while periods run."""
        regime = pb.Regime()
        async with self.open() as uow:
            payload = await ItemStore(REGIMES).get(uow.session, str(self.regime_id))
            ParseDict(payload, regime)
            del regime.allocations[:]
            regime.allocations.extend(allocations)
            await ItemStore(REGIMES).put(uow.session, [CopyItem(regime.id, 2, regime)], force=True)
            await uow.commit()

    async def take_version(self, model: FormModel, number: int = 2) -> UUID:
        """The regime takes a newer version of its form while the period runs; its id."""
        regime, new = pb.Regime(), uuid4()
        form = pb.FormVersion(
            id=str(new), form_id=str(self.form_of_all_versions), province_id=str(self.province), code="01/KTXH-T",
            name="Một số chỉ tiêu kinh tế - xã hội", number=number, state="published", version=1,
            model_json=model.model_dump_json(),
        )  # fmt: skip
        async with self.open() as uow:
            ParseDict(await ItemStore(REGIMES).get(uow.session, str(self.regime_id)), regime)
            regime.form_version_ids[:] = [str(new)]
            await ItemStore(REGIMES).put(uow.session, [CopyItem(regime.id, number, regime)], force=True)
            await ItemStore(FORMS).put(uow.session, [CopyItem(form.id, 1, form)], force=True)
            await uow.commit()
        return new

    async def report_of(self, unit: UUID) -> Report:
        async with self.open() as uow:
            found = await uow.reports.of_period(self.regime_id, OCTOBER.key)
        return next(report for report in found if report.assignment.unit.id == unit)

    async def act(
        self,
        report: Report,
        action: Action,
        actor: Actor,
        reason: str = "",
        pinned: Sequence[PinnedCell] = (),
    ) -> Report:
        version = (await self.read(report)).version
        return await self.act_on(ActOnReport(report.id, version, action, actor, reason, pinned=pinned))

    async def read(self, report: Report) -> Report:
        async with self.open() as uow:
            return await uow.reports.read(report.id)

    def _october(self) -> OpenedPeriod:
        rule = Deadline(DUE, "trước ngày 20", "TH 7.3", ("20/11/2026",), "2026.1")
        return OpenedPeriod(OCTOBER, (LeveledDeadline("", rule),))

    def _places(self, profile: str) -> list[DirectoryPlace]:
        province = DirectoryPlace(
            self.province,
            self.province,
            None,
            "75",
            "Tỉnh Thử Nghiệm",
            "province",
            "province",
            profile=profile,
        )
        lead = DirectoryPlace(
            self.lead, self.province, self.province, "STC", "Sở Tài chính", "department", "department"
        )
        return [province, lead] + [
            DirectoryPlace(
                unit, self.province, self.province, f"X{n}", f"UBND xã Số {n}", "commune", "commune"
            )
            for n, unit in enumerate(self.communes, 1)
        ]
