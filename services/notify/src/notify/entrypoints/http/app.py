"""The application, as routes get it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from kit.http import application

from notify.application.app import NotifyApp

App = Annotated[NotifyApp, Depends(application)]
