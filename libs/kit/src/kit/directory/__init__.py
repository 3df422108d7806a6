"""The service's own copy of accounts, places and grants, and how fresh it is."""

from kit.directory.records import (
    Directory,
    DirectoryAccount,
    DirectoryGrant,
    DirectoryPlace,
    Permission,
    Weight,
)

__all__ = [
    "Directory",
    "DirectoryAccount",
    "DirectoryGrant",
    "DirectoryPlace",
    "Permission",
    "Weight",
]
