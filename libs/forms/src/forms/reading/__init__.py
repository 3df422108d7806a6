"""Import of an official .xlsx: what kind of form it is, cell by cell, for the designer to confirm."""

from forms.reading.kinds import LeftAsLabel
from forms.reading.propose import Proposal, propose

__all__ = ["LeftAsLabel", "Proposal", "propose"]
