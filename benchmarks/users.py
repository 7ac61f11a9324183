"""Many users at once: each changes one choice every two seconds."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.client import Client, drive
from benchmarks.processes import Server
from benchmarks.targets import FLOOR, Target, ours

EVERY = 2.0  # seconds between two changes of one user
TARGETS = (FLOOR["radio"], ours(""), ours("kegiatan"))


def measure(folder: Path, *, levels: tuple[int, ...], seconds: float) -> dict[str, Any]:
    """Give, by target and number of users, what was served and how fast."""
    found: dict[str, Any] = {}
    for target in TARGETS:
        with Server(target.server, folder) as server:
            asyncio.run(_warm(server, target))
            base = server.rss()
            found[target.name] = {
                str(users): asyncio.run(
                    _level(server, target, users, seconds if users > 1 else seconds / 2, base)
                )
                for users in levels
            }
    return found


def _client(server: Server, target: Target) -> Client:
    return Client(server.port, target.page, target.query, target.widget)


async def _warm(server: Server, target: Target) -> None:
    """One user has been there before: the charts of all choices are in the server's cache."""
    async with _client(server, target) as client:
        await client.load()
        for number in range(len(client.options)):
            await client.choose(number)


async def _level(server: Server, target: Target, users: int, seconds: float, base: float) -> dict[str, float]:
    async with AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(_client(server, target)) for _ in range(users)]
        loads = await asyncio.gather(*(client.load() for client in clients))
        cpu = server.cpu()
        driven = await asyncio.gather(
            *(
                drive(client, seconds=seconds, every=EVERY, late=EVERY * number / users)
                for number, client in enumerate(clients)
            )
        )
        answers = sorted(ms for times, _ in driven for ms in times)
        due = sum(count for _, count in driven)
        return {
            "load_p50_ms": median(loads),
            "p50_ms": _quantile(answers, 0.5),
            "p95_ms": _quantile(answers, 0.95),
            "served": len(answers) / due,
            "server_ms": 1000 * (server.cpu() - cpu) / max(len(answers), 1),
            "rss": server.rss(),
            "rss_per_session": (server.rss() - base) / users,
            "faults": sum(client.faults for client in clients),
        }


def _quantile(ordered: list[float], share: float) -> float:
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else float("nan")
