"""The application as routes ask for it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from kit.http import application

from identity.application.app import IdentityApp

App = Annotated[IdentityApp, Depends(application)]
