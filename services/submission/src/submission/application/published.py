"""A form as catalog published it, with what it names of other forms: this service's own copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from forms.model import FormModel
from forms.values import CellKey


@dataclass(frozen=True, slots=True)
class FormLink:
    """A cell of a report form, in its version's ids, and the cell of an entry form that fills it."""

    key: CellKey
    from_form_id: UUID
    from_key: CellKey
    from_version_id: UUID | None = None
    """The version that `from_key` is of; none: told before links named it, and read by its ids alone."""


@dataclass(frozen=True, slots=True)
class ReadVersion:
    id: UUID
    model: FormModel


@dataclass(frozen=True, slots=True)
class PublishedForm:
    """A form version as catalog published it."""

    id: UUID
    form_id: UUID
    code: str
    name: str
    number: int
    model: FormModel
    template_sha256: str
    links: tuple[FormLink, ...] = ()
    reads: Mapping[str, ReadVersion] = field(default_factory=dict)
    """By code, the versions of other forms in whose ids its formulas and rules name them."""
