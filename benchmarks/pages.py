"""Start-up, first views, filter changes and memory, all seen by a real browser; targets take turns."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Error

from benchmarks.browser import Cost, Tab, chromium
from benchmarks.processes import OURS, Server, Tree
from benchmarks.targets import FLOOR, Target

Result = dict[str, Any]


def start(folder: Path, *, rounds: int) -> Result:
    """From the start of the process to health and to the last chart of the first page in a new browser.

    Ours is the first page as start.py opens it: the official workspace.
    """
    tree = Tree()
    taken: dict[str, list[dict[str, float]]] = {}
    for _ in range(rounds):
        for target in (FLOOR["empty"], Target("/", OURS)):
            with Server(target.server, folder) as server, chromium() as browser:
                idle, opened = server.rss(), time.perf_counter()
                tab = Tab(browser, server, tree)
                cost = tab.load(target.path)
                taken.setdefault(target.name, []).append(
                    {
                        "health_s": server.ready_after,
                        "last_chart_s": server.ready_after + cost.wall / 1000,
                        "server_cpu_s": server.cpu(),
                        "rss_idle": idle,
                        "rss_first": server.rss(),
                        "waited_s": time.perf_counter() - opened,
                    }
                )
                tab.close()
    return {name: _medians(rows) for name, rows in taken.items()}


def views(
    servers: Mapping[str, Server], browser: Browser, tree: Tree, *, pages: Sequence[Target], rounds: int
) -> Result:
    """First view of each page, each time in a browser context with an empty cache."""

    def look(target: Target) -> Cost:
        tab = Tab(browser, servers[target.server], tree)
        try:
            return tab.load(target.path)
        finally:
            tab.close()

    return _in_turns((*FLOOR.values(), *pages), look, rounds=rounds)


def changes(
    servers: Mapping[str, Server], browser: Browser, tree: Tree, *, pages: Sequence[Target], rounds: int
) -> Result:
    """A choice is changed to a value new to the session: first one that nobody has asked for, then again.

    Returns
    -------
    dict
        ``first`` (also new to the server) and ``again`` (another session has seen it), by target.
    """
    floors = (FLOOR["radio"], FLOOR["plotly"])
    changed = [page for page in pages if page.widget]
    found: Result = {}
    for turn, targets in (("first", (*floors, *changed)), ("again", (*floors, *changed))):
        tabs = {}
        for target in targets:
            tabs[target] = Tab(browser, servers[target.server], tree)
            tabs[target].load(target.path)
        numbers = dict.fromkeys(targets, 0)

        def act(target: Target, tabs: dict[Target, Tab] = tabs, numbers: dict[Target, int] = numbers) -> Cost:
            numbers[target] += 1
            return tabs[target].change(numbers[target], target.widget)

        found[turn] = _in_turns(targets, act, rounds=rounds)
        for tab in tabs.values():
            tab.close()
    return found


def measure(folder: Path, *, pages: Sequence[Target], view_rounds: int, change_rounds: int) -> Result:
    """Views and changes on one set of servers, ours with nothing cached yet."""
    servers = {name: Server(name, folder) for name in (*FLOOR, OURS)}
    try:
        for server in servers.values():
            server.__enter__()
        found: Result = {"memory": {name: {"idle": server.rss()} for name, server in servers.items()}}
        with chromium() as browser:
            tree = Tree()
            found["changes"] = changes(servers, browser, tree, pages=pages, rounds=change_rounds)
            found["views"] = views(servers, browser, tree, pages=pages, rounds=view_rounds)
        for name, server in servers.items():
            found["memory"][name]["all_pages"] = server.rss()
    finally:
        for server in servers.values():
            server.__exit__()
    return found


def _in_turns(targets: Iterable[Target], act: Callable[[Target], Cost], *, rounds: int) -> Result:
    costs: dict[str, list[dict[str, float]]] = {}
    faults: dict[str, str] = {}
    for _ in range(rounds):
        for target in targets:
            if target.name in faults:
                continue
            try:
                cost = act(target)
            except Error as error:  # a page that cannot be measured must not hide the others
                faults[target.name] = str(error).splitlines()[0]
                continue
            costs.setdefault(target.name, []).append(
                {
                    "wall_ms": cost.wall,
                    "browser_ms": cost.browser * 1000,
                    "server_ms": cost.server * 1000,
                    "socket_kb": cost.socket,
                    "wire_kb": cost.wire,
                    "requests": cost.requests,
                    "charts": cost.charts,
                }
            )
    return {name: _medians(rows) for name, rows in costs.items()} | {
        name: {"fault": fault} for name, fault in faults.items()
    }


def _medians(rows: list[dict[str, float]]) -> dict[str, float]:
    """Medians; processor time of servers as a mean, since the kernel counts it in steps of 10 ms."""
    found = {name: median(row[name] for row in rows) for name in rows[0]}
    if "server_ms" in found:
        found["server_ms"] = sum(row["server_ms"] for row in rows) / len(rows)
    return found
