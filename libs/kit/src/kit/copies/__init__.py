"""A service's own copy of what another owns: a snapshot, then the events after it."""

from kit.copies.copy import Copy, Watermark
from kit.copies.items import CopyItem, ItemStore

__all__ = ["Copy", "CopyItem", "ItemStore", "Watermark"]
