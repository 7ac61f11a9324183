"""Size of every figure on every page, as it travels."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from benchmarks.client import Client
from benchmarks.processes import OURS, Server
from benchmarks.targets import PAGES, Target


def measure(folder: Path) -> dict[str, Any]:
    """Give, by page, the KB of all that is sent at the first view, and of each figure."""
    with Server(OURS, folder) as server:
        return {target.name: asyncio.run(_page(server, target)) for target in PAGES}


async def _page(server: Server, target: Target) -> dict[str, Any]:
    async with Client(server.port, target.page, target.query, target.widget) as client:
        await client.load()
        return {
            "all": client.bytes / 1000,
            "figures": {name: size / 1000 for name, size in client.charts.items()},
        }
