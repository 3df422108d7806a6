"""Content-addressed files: the name is the SHA-256, written and synced before any row names it."""

from kit.files.folder import FolderStore
from kit.files.store import FileRef, FileStore

__all__ = ["FileRef", "FileStore", "FolderStore"]
