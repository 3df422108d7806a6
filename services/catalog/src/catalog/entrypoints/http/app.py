"""The application as routes ask for it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from kit.http import application

from catalog.application.app import CatalogApp

App = Annotated[CatalogApp, Depends(application)]
