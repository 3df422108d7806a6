"""A form tried with throw-away figures: what is computed, which rules speak. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from forms.compute import Computation, compute_all
from forms.expressions import Earlier, Elsewhere, Source
from forms.judging import Judged, judge_rules
from forms.messages import Message
from forms.model import FormModel
from forms.numbers import parse_typed
from forms.publishing import check_publishable
from forms.rules import RuleText, rules_of
from forms.validation import judged, read_typed
from forms.values import CellKey, Figures, ListRow, Number, Text, Value
from kit.actor import Actor
from kit.errors import InvalidInput

from catalog.application.neighbours import Around, neighbours_of
from catalog.application.ports import OpenUnitOfWork
from catalog.application.queries.look_up import LookUp


@dataclass(frozen=True, slots=True)
class TypedFigure:
    row: str
    column: str
    raw: str
    """As a person types it: 1.234,5."""


@dataclass(frozen=True, slots=True)
class OtherFigures:
    """Figures that stand in for another form or an earlier report; neither named: nothing."""

    form: str | None
    earlier: Earlier | None
    figures: Sequence[TypedFigure]


@dataclass(frozen=True, slots=True)
class TryForm:
    form_version_id: UUID
    actor: Actor
    figures: Sequence[TypedFigure]
    list_rows: Sequence[ListRow] = ()
    elsewhere: Sequence[OtherFigures] = ()
    rules: Sequence[RuleText] | None = None
    """Instead of those that are saved."""


@dataclass(frozen=True, slots=True)
class Trial:
    computed: Figures
    messages: tuple[Message, ...]
    rules: tuple[Judged, ...]
    unpublishable: tuple[Message, ...]
    """What publishing would refuse."""


@dataclass(frozen=True, slots=True)
class Trials:
    open_unit_of_work: OpenUnitOfWork
    look_up: LookUp

    async def run(self, command: TryForm) -> Trial:
        version = await self.look_up.form_version(command.actor, command.form_version_id)
        model = version.model
        if command.rules is not None:
            model = model.model_copy(update={"rules": rules_of(command.rules)})
        async with self.open_unit_of_work() as uow:
            around = await neighbours_of(uow, version, model)
        figures, refused = _entered(model, command)
        computation = compute_all(model, figures, _elsewhere(model, around, command.elsewhere))
        return _trial(model, figures, refused, computation, around)


def _trial(
    model: FormModel,
    figures: Figures,
    refused: tuple[Message, ...],
    computation: Computation,
    around: Around,
) -> Trial:
    validation = judged(model, figures, computation)
    return Trial(
        validation.computed,
        (*refused, *validation.messages),
        tuple(judge_rules(model, computation.frame)),
        check_publishable(model, around.forms),
    )


def _entered(model: FormModel, command: TryForm) -> tuple[Figures, tuple[Message, ...]]:
    list_of = {row.id: row.list_id for row in command.list_rows}
    cells: dict[CellKey, Value] = {}
    refused: list[Message] = []
    for figure in command.figures:
        typed = read_typed(model, figure.row, figure.column, figure.raw, list_of.get(figure.row))
        refused.extend(typed.messages)
        if not typed.messages:
            cells[CellKey(figure.row, figure.column)] = typed.value
    return Figures(cells, tuple(command.list_rows)), tuple(refused)


def _elsewhere(
    model: FormModel, around: Around, others: Sequence[OtherFigures]
) -> Mapping[Source, Elsewhere]:
    found: dict[Source, Elsewhere] = {}
    for other in others:
        there = model if other.form in (None, around.code) else around.forms.forms.get(other.form or "")
        source = Source(other.form, other.earlier)
        if there is not None and source != Source():
            cells = {CellKey(figure.row, figure.column): _read(figure.raw) for figure in other.figures}
            found[source] = there.plan.elsewhere(Figures(cells))
    return found


def _read(raw: str) -> Value:
    """Of another form any cell may be given, the computed ones too: a number where it is one."""
    try:
        return Number(parse_typed(raw))
    except InvalidInput:
        return Text(raw.strip())
