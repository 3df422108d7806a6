"""How a form is registered (đăng ký biểu mẫu): who builds it, and which steps the province's text has."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from province_profile.basis import Basis

Step = Literal["send", "take_up", "hand_over", "confirm", "publish", "announce", "assign"]


class Designer(Basis):
    """Who builds the form: holders of the right at the place named."""

    name: str
    """As the text calls it, for people."""
    place: Literal["province", "lead_unit"]
    right: Literal["form_designer", "regime_owner"] = "form_designer"


class Registration(Basis):
    designer: Designer
    steps: tuple[Step, ...]
    """In order. "announce" is the written notice with its number, after which the lead agency assigns."""

    @model_validator(mode="after")
    def _begins_and_ends(self) -> Self:
        first = ("send", "take_up", "hand_over")
        if self.steps[:3] != first or "publish" not in self.steps:
            raise ValueError("a registration is sent, taken up, handed over and published")
        return self

    def has(self, step: Step) -> bool:
        return step in self.steps
