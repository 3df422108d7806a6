"""Everything this service does, one field each: what entrypoints are given."""

from __future__ import annotations

from dataclasses import dataclass

from kit.clock import Clock

from submission.application.commands.act_on_report import ActOnReportHandler
from submission.application.commands.declare_incident import DeclareIncidentHandler
from submission.application.commands.enter_figures import EnterFiguresHandler
from submission.application.commands.import_history import ImportHistoryHandler
from submission.application.commands.import_workbook import ImportWorkbookHandler
from submission.application.commands.make_aggregation import MakeAggregationHandler
from submission.application.commands.move_forms import MoveFormsHandler
from submission.application.commands.open_period import OpenPeriodHandler
from submission.application.commands.send_report import SendReportHandler
from submission.application.commands.settle_place import SettlePlaceHandler
from submission.application.commands.submit_report import SubmitReportHandler
from submission.application.commands.take_known import TakeKnownHandler
from submission.application.commands.write_narrative import WriteNarrativeHandler
from submission.application.queries.compare_revisions import CompareRevisions
from submission.application.queries.exports import Exports
from submission.application.queries.form_moves import PreviewFormMoves
from submission.application.queries.lines import ReportLines
from submission.application.queries.progress import ShowProgress
from submission.application.queries.read_aggregation import ReadAggregation
from submission.application.queries.read_document import ReadDocument
from submission.application.queries.read_history import ReadHistory
from submission.application.queries.read_report import ReadReport
from submission.application.queries.tasks import ListTasks
from submission.application.standing import Standings


@dataclass(frozen=True, slots=True)
class Application:
    open_period: OpenPeriodHandler
    enter_figures: EnterFiguresHandler
    take_known: TakeKnownHandler
    move_forms: MoveFormsHandler
    import_workbook: ImportWorkbookHandler
    write_narrative: WriteNarrativeHandler
    submit_report: SubmitReportHandler
    act_on_report: ActOnReportHandler
    settle_place: SettlePlaceHandler
    send_report: SendReportHandler
    declare_incident: DeclareIncidentHandler
    make_aggregation: MakeAggregationHandler
    import_history: ImportHistoryHandler
    read_report: ReadReport
    read_history: ReadHistory
    preview_form_moves: PreviewFormMoves
    read_document: ReadDocument
    compare_revisions: CompareRevisions
    read_aggregation: ReadAggregation
    exports: Exports
    list_tasks: ListTasks
    show_progress: ShowProgress
    lines: ReportLines
    standings: Standings
    clock: Clock
