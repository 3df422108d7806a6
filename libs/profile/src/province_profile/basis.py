"""Where a rule comes from: an article of the province's text, or our own reading, then with a note why."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Basis(Frozen):
    """Every rule is one of these. Both at once: an article that we had to read further than its words."""

    article: str | None = None
    """Province and article, such as "TH 7.3"."""
    ours: bool = False
    note: str | None = None

    @model_validator(mode="after")
    def _says_where_it_comes_from(self) -> Self:
        if self.article is None and not self.ours:
            raise ValueError("a rule names its article or says that it is ours")
        if self.ours and not self.note:
            raise ValueError("a rule of ours says in a note why")
        return self

    @property
    def reference(self) -> str:
        """The rule's origin as a person reads it beside a decision."""
        if self.article is None:
            return "Quy ước của hệ thống (quy chế không quy định)"
        return f"{self.article} (cách hiểu của hệ thống)" if self.ours else self.article
