"""Rules and trials as they go in and out."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from forms.cumulatives import ColumnKind
from forms.expressions import Earlier
from forms.judging import Judged, Verdict
from forms.listing import ListRule
from forms.messages import Message
from forms.rules import MOST_RULES, RuleText
from forms.values import ListRow, value_to_json
from kit.actor import Actor
from pydantic import BaseModel, Field

from catalog.application.queries.trials import OtherFigures, Trial, TryForm, TypedFigure

_MOST_FIGURES = 20_000


class RulesIn(BaseModel):
    rules: list[RuleText] = Field(max_length=MOST_RULES)


class ColumnKindsIn(BaseModel):
    columns: list[ColumnKind] = Field(max_length=2000)


class ListRulesIn(BaseModel):
    lists: list[ListRule] = Field(max_length=100)


class TypedFigureIn(BaseModel):
    row: str
    column: str
    raw: str = Field(max_length=32_000, description="Như người dùng gõ: 1.234,5")


class TrialRowIn(BaseModel):
    id: str
    list_id: str
    order: int


class OtherFiguresIn(BaseModel):
    form: str | None = Field(default=None, description="Ký hiệu biểu khác; bỏ trống là chính biểu này")
    period: Literal["previous", "last_year"] | None = Field(default=None, description="Kỳ trước, cùng kỳ")
    figures: list[TypedFigureIn] = Field(max_length=_MOST_FIGURES)


class TrialIn(BaseModel):
    figures: list[TypedFigureIn] = Field(default=[], max_length=_MOST_FIGURES)
    list_rows: list[TrialRowIn] = Field(default=[], max_length=_MOST_FIGURES)
    elsewhere: list[OtherFiguresIn] = Field(default=[], max_length=100)
    rules: list[RuleText] | None = Field(
        default=None, max_length=MOST_RULES, description="Thử quy tắc chưa lưu; bỏ trống là quy tắc đã lưu"
    )

    def command(self, version_id: UUID, actor: Actor) -> TryForm:
        return TryForm(
            version_id,
            actor,
            _figures(self.figures),
            [ListRow(row.id, row.list_id, row.order) for row in self.list_rows],
            [
                OtherFigures(each.form, Earlier(each.period) if each.period else None, _figures(each.figures))
                for each in self.elsewhere
            ],
            self.rules,
        )


class TrialMessageOut(BaseModel):
    code: str
    severity: str
    message: str
    sheet: str | None = None
    row: str | None = None
    column: str | None = None
    a1: str | None = None
    rule: str | None = None

    @classmethod
    def of(cls, message: Message) -> TrialMessageOut:
        return cls(**message.model_dump(mode="json", exclude={"cells"}))


class JudgedOut(BaseModel):
    rule: str
    row: str | None = Field(description="Dòng của danh sách, nếu là quy tắc của danh sách")
    verdict: Verdict
    why: str

    @classmethod
    def of(cls, judged: Judged) -> JudgedOut:
        return cls(rule=judged.rule.id, row=judged.row, verdict=judged.verdict, why=judged.why)


class ComputedFigureOut(BaseModel):
    row: str
    column: str
    value: dict[str, Any]


class TrialOut(BaseModel):
    """Kết quả thử; không có gì được lưu lại."""

    computed: list[ComputedFigureOut]
    messages: list[TrialMessageOut]
    rules: list[JudgedOut]
    unpublishable: list[TrialMessageOut] = Field(description="Điều khiến phiên bản chưa công bố được")

    @classmethod
    def of(cls, trial: Trial) -> TrialOut:
        return cls(
            computed=[
                ComputedFigureOut(row=key.row, column=key.column, value=value_to_json(value))
                for key, value in trial.computed.cells.items()
            ],
            messages=[TrialMessageOut.of(message) for message in trial.messages],
            rules=[JudgedOut.of(judged) for judged in trial.rules],
            unpublishable=[TrialMessageOut.of(message) for message in trial.unpublishable],
        )


def _figures(figures: list[TypedFigureIn]) -> list[TypedFigure]:
    return [TypedFigure(figure.row, figure.column, figure.raw) for figure in figures]
