"""A text drawn in several fonts: what each piece is suspected of, and the whole converted piece by piece."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from forms.legacy.detection import Suspicion, font_encoding, repair, suspect
from forms.legacy.places import LegacyPlace
from forms.legacy.tables import Encoding, pieces


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    font: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    suspicion: Suspicion
    font: str | None
    texts: tuple[str, ...]
    """The converted text of each run, as many as there were."""

    def place(self, runs: Sequence[Run], **where: str | None) -> LegacyPlace:
        """Where the text of these runs stands, as it is and as it would be."""
        return LegacyPlace(
            self.suspicion.encoding,
            self.suspicion.confidence,
            "".join(run.text for run in runs),
            "".join(self.texts),
            font=self.font,
            **where,
        )


def judge(runs: tuple[Run, ...]) -> Judged | None:
    """By the fonts first; by the words of the whole where no font says anything."""
    groups = _by_font(runs)
    suspicions = [suspect("".join(run.text for run in group), group[0].font) for group in groups]
    named = next(((s, group[0].font) for s, group in zip(suspicions, groups, strict=True) if s), None)
    if named is None and len(groups) > 1:
        # A sentence may be cut into runs too short to tell anything each.
        whole = suspect("".join(run.text for run in runs))
        return None if whole is None else Judged(whole, None, _spread(runs, whole))
    if named is None:
        return None
    texts: list[str] = []
    for group, suspicion in zip(groups, suspicions, strict=True):
        texts.extend(_spread(group, suspicion) if suspicion else [_bare(run) for run in group])
    return Judged(named[0], named[1], tuple(texts))


def _by_font(runs: Sequence[Run]) -> list[list[Run]]:
    groups: list[list[Run]] = []
    for run in runs:
        if groups and font_encoding(groups[-1][0].font) == font_encoding(run.font):
            groups[-1].append(run)
        else:
            groups.append([run])
    return groups


def _spread(runs: Sequence[Run], suspicion: Suspicion) -> tuple[str, ...]:
    """A letter of two characters may be cut between two runs: it stays with the one where it began."""
    if not suspicion.by_font:
        return tuple(repair(run.text, replace(suspicion, start=0, end=len(run.text))) for run in runs)
    ends: list[int] = []
    for run in runs:
        ends.append((ends[-1] if ends else 0) + len(run.text))
    texts = [""] * len(runs)
    for at, letter in pieces("".join(run.text for run in runs), suspicion.encoding):
        texts[next(index for index, end in enumerate(ends) if at < end)] += letter
    return tuple(texts)


def bare_texts(runs: Sequence[Run]) -> tuple[str, ...] | None:
    """What must be written when only the fonts change; nothing where no text does."""
    texts = tuple(_bare(run) for run in runs)
    return None if texts == tuple(run.text for run in runs) else texts


def _bare(run: Run) -> str:
    """Plain letters mean themselves in a legacy font, but a font of capitals prints them as capitals."""
    return run.text.upper() if font_encoding(run.font) is Encoding.TCVN3_CAPITALS else run.text
