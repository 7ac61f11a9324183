"""The server: the dashboard with security headers, primed before the first visitor.

Run with ``streamlit run literasi/asgi.py``. The priming run of `st.navigation` switches off the legacy
discovery of ``pages/``, so that a first request to a deep address finds the right page; the freeze takes
what was loaded out of every later garbage collection.
"""

from __future__ import annotations

import gc
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from literasi.settings import ROOT, load
from literasi.workspaces import NAMES, open_workspace

# Nothing may be fetched from outside; the browser enforces it. Streamlit and Plotly need inline styles, eval
# (compiled chart templates), and data: and blob: addresses of their own making.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss: data: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "frame-ancestors 'self'",
    )
)
LEDGER, FIRST = "/angka/", "/ringkasan"
_CODE = re.compile(r"[0-9A-Za-z]{2,12}-[0-9A-Za-z]{1,12}")  # anything else there is a file of Streamlit's
HEADERS = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
_SERVER = b'<script>window.__streamlit = {BACKEND_BASE_URL: location.origin + "/"}</script>\n    <script>'


class SecurityHeaders:
    """Adds the security headers to every HTTP response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to its answer."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *HEADERS]
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class OwnIndex:
    """Completes Streamlit's index page: its language, and where the server is.

    Without the address of the server the page asks for it below its own path first, which makes two failing
    requests for each deep link.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; a whole HTML page is completed before it is sent."""
        start: Message = {}
        body = b""
        is_english = b"bahasa=en" in scope.get("query_string", b"").split(b"&")
        language = b'<html lang="en">' if is_english else b'<html lang="id">'

        async def completed(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_page(message):
                start = message
            elif start and message["type"] == "http.response.body":
                body += message.get("body", b"")
                if not message.get("more_body", False):
                    page = body.replace(b'<html lang="en">', language, 1).replace(b"<script>", _SERVER, 1)
                    headers = [pair for pair in start["headers"] if pair[0].lower() != b"content-length"]
                    headers.append((b"content-length", str(len(page)).encode()))
                    await send({**start, "headers": headers})
                    await send({"type": "http.response.body", "body": page})
            else:
                await send(message)

        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        # A page that comes compressed cannot be completed; the middleware outside this one compresses.
        plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        await self.app({**scope, "headers": plain}, receive, completed)


class OtherAddresses:
    """Sends addresses that people write to where their page is.

    ``/angka/CODE`` stands on slides; the first page has a name but no path of its own.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer such an address by where its page is; pass everything else on."""
        where = _elsewhere(scope) if scope["type"] == "http" else None
        if where is None:
            await self.app(scope, receive, send)
        else:
            await RedirectResponse(where, status_code=307)(scope, receive, send)


def _elsewhere(scope: Scope) -> str | None:
    """Give the address that is meant, with its choices."""
    path, query = scope["path"], scope.get("query_string", b"").decode("latin-1")
    if path == FIRST:
        return f"/?{query}" if query else "/"
    code = path.removeprefix(LEDGER) if path.startswith(LEDGER) else ""
    if _CODE.fullmatch(code):
        return f"{LEDGER.rstrip('/')}?{urlencode({'kode': code})}" + (f"&{query}" if query else "")
    return None


def _is_page(message: Message) -> bool:
    kinds = [value for name, value in message.get("headers", []) if name.lower() == b"content-type"]
    return message["status"] == 200 and any(kind.startswith(b"text/html") for kind in kinds)


@asynccontextmanager
async def prime(_app: Any) -> AsyncIterator[None]:
    """Open and fill both workspaces, load what pages need, then keep it out of garbage collection."""
    from literasi.ui import shell

    settings = load()
    for name in NAMES:
        open_workspace(name, settings).close()
    outside = logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context")
    outside.setLevel(logging.ERROR)  # it warns of every call made outside a session
    st.navigation(shell.pages())
    outside.setLevel(logging.NOTSET)
    gc.collect()
    gc.freeze()
    yield


app = st.App(
    ROOT / "dashboard.py",
    lifespan=prime,
    middleware=[
        Middleware(SecurityHeaders),
        Middleware(OtherAddresses),
        Middleware(GZipMiddleware, minimum_size=2000),
        Middleware(OwnIndex),
    ],
)
