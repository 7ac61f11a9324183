"""The server: the dashboard with security headers, primed before the first visitor.

Run with ``streamlit run literasi/asgi.py``. The priming run of `st.navigation` switches off the legacy
discovery of ``pages/``, so that a first request to a deep address finds the right page; the freeze takes
what was loaded out of every later garbage collection.
"""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
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
HEADERS = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)


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


@asynccontextmanager
async def prime(_app: Any) -> AsyncIterator[None]:
    """Open and fill both workspaces, load what pages need, then keep it out of garbage collection."""
    from literasi.ui import shell

    settings = load()
    for name in NAMES:
        open_workspace(name, settings).close()
    st.navigation(shell.pages())
    gc.collect()
    gc.freeze()
    yield


app = st.App(
    ROOT / "dashboard.py",
    lifespan=prime,
    middleware=[Middleware(SecurityHeaders), Middleware(GZipMiddleware, minimum_size=2000)],
)
