"""How a small server of ours is shown to its network: nobody needs a certificate to ask, and none but a known one answers."""

from __future__ import annotations

import os

import uvicorn
from starlette.applications import Starlette


def serve(app: Starlette, port: int, host: str = "127.0.0.1") -> None:
    """Until it is ended; over TLS where the two variables name a pair, as they do wherever the way isn't loopback."""
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        ssl_certfile=os.environ.get("REPORTING_TLS_CERTIFICATE_FILE"),
        ssl_keyfile=os.environ.get("REPORTING_TLS_KEY_FILE"),
    )
