"""The forms of one report judged together: each reads the others and the earlier reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from forms.compute import Computation, compute_all, whole_of
from forms.expressions import Earlier, Elsewhere, Source
from forms.model import FormModel
from forms.moving import Moving
from forms.validation import Validation, judged
from forms.values import Figures


@dataclass(frozen=True, slots=True)
class Filing:
    code: str
    """The form's code, by which others refer to it."""
    model: FormModel
    figures: Figures
    reads: Mapping[str, Moving] = field(default_factory=dict)
    """By code, the forms it reads that stand in another version than the one it was written for, and the way back."""


Past = Mapping[tuple[str, Earlier], Elsewhere]
"""Earlier figures by form code: what ``model.plan.elsewhere`` makes of a whole form."""


def validate_together(
    filings: Sequence[Filing], past: Past, *, sealed: bool = False
) -> tuple[Validation, ...]:
    """For each filing what ``validate`` says, with the other filings and the past before its eyes.
    ``sealed``: cells that are computed from these keep the value in the figures; rules see them all the same."""
    here: dict[str, Elsewhere] = {}
    computed: dict[int, Computation] = {}
    for place in in_order([filing.model.plan.forms_read for filing in filings], [f.code for f in filings]):
        filing = filings[place]
        outside = None if sealed else _outside(filing, here, past)
        computed[place] = compute_all(filing.model, filing.figures, outside)
        whole = whole_of(filing.model, filing.figures, computed[place].figures)
        here[filing.code] = filing.model.plan.elsewhere(whole)
    for place, filing in enumerate(filings):
        computed[place].frame.outside = _outside(filing, here, past)
    return tuple(judged(each.model, each.figures, computed[place]) for place, each in enumerate(filings))


def earlier_read(filings: Sequence[Filing]) -> frozenset[tuple[str, Earlier]]:
    """Which earlier figures of which forms are needed to judge these."""
    return frozenset(
        (source.form or filing.code, source.earlier)
        for filing in filings
        for source in filing.model.plan.computed_from | filing.model.plan.checked_against
        if source.earlier is not None
    )


def in_order(reads: Sequence[frozenset[str]], codes: Sequence[str]) -> Iterator[int]:
    """Places of forms, each after those its formulas read. A circle, which publishing refuses, comes last."""
    waiting = list(range(len(codes)))
    while waiting:
        left = {codes[place] for place in waiting}
        ready = [place for place in waiting if not reads[place] & (left - {codes[place]})] or waiting
        yield from ready
        waiting = [place for place in waiting if place not in ready]


def _outside(filing: Filing, here: Mapping[str, Elsewhere], past: Past) -> dict[Source, Elsewhere]:
    def seen(form: str, there: Elsewhere) -> Elsewhere:
        moving = filing.reads.get(form)
        return there if moving is None else moving.elsewhere(there)

    others = {Source(form): seen(form, there) for form, there in here.items() if form != filing.code}
    earlier = {Source(form, at): seen(form, there) for (form, at), there in past.items()}
    own = {Source(None, at): there for (form, at), there in past.items() if form == filing.code}
    return others | earlier | own
