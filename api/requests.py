"""What surrounds every request: its id, one line in the log, safe headers, and a net for faults.

The line never holds a token, a name or an amount, and of a fault it keeps the kind and the place:
its message may quote what was being recorded.
"""

from __future__ import annotations

import re
import traceback
from typing import Any

import structlog
from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from api.context import stopwatch
from api.errors import InternalFault
from api.services import Services

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
_log = structlog.get_logger("tutti.api")


class EveryRequest:
    """The outermost layer of the API."""

    def __init__(self, app: ASGIApp, services: Services) -> None:
        """Surround `app`."""
        self._app = app
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, whatever happens inside."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        given = request.headers.get("X-Request-ID", "")
        request.state.request_id = given if _REQUEST_ID.fullmatch(given) else str(self._services.new_id())
        elapsed_ms = stopwatch()
        said: dict[str, Any] = {}

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message.setdefault("headers", []))
                headers["X-Request-ID"] = request.state.request_id
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                said.update(status=message["status"], position=headers.get("Ledger-Position"))
            await send(message)

        try:
            await self._app(scope, receive, answer)
        except Exception as fault:  # noqa: BLE001 - whatever it is, the caller gets an answer
            said["fault"] = _where(fault)
            if "status" not in said:
                await problems.answer(request, InternalFault())(scope, receive, answer)
        finally:
            self._write_line(request, elapsed_ms(), said)

    def _write_line(self, request: Request, ms: float, said: dict[str, Any]) -> None:
        state = request.state
        line = {
            "request_id": state.request_id,
            "tenant": self._services.tenant,
            "actor": getattr(state, "actor", None),
            "operation": getattr(state, "operation", None),
            "problem": getattr(state, "problem", None),
            "ms": round(ms, 1),
            **said,
        }
        write = _log.error if "fault" in said else _log.info
        write("request", **{name: value for name, value in line.items() if value is not None})


def _where(fault: Exception) -> str:
    """Return the kind of a fault and the line it came from, without its message."""
    frames = traceback.extract_tb(fault.__traceback__)
    last = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(fault).__module__}.{type(fault).__qualname__}{last}"
