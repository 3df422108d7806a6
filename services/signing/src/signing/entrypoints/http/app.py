"""The application as routes ask for it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from kit.http import application

from signing.application.app import SigningApp

App = Annotated[SigningApp, Depends(application)]
