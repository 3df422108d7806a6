"""A service's own copy of what another owns: a snapshot, then the events after it."""

from kit.copies.copy import Copy, CopyItem, Watermark
from kit.copies.items import ItemStore

__all__ = ["Copy", "CopyItem", "ItemStore", "Watermark"]
