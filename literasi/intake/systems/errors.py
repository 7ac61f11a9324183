"""What keeps a library system from being read, in words and with a remedy."""

from __future__ import annotations

from literasi.errors import LiterasiError


class SystemReadError(LiterasiError):
    """A library system cannot be read, or what it holds cannot be trusted. Nothing was written."""
