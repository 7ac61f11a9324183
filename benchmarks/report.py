"""The figures as Markdown: tables, and a verdict on each budget of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Result = Mapping[str, Any]
HEAVY = 15  # KB
BEGIN, END = "<!-- begin: figures -->", "<!-- end: figures -->"

# Why a budget is missed: in words, because a measurement cannot know it. Shown only while it is missed.
REASONS = {
    "change_cpu": "{server_ms} ms on the server, {browser_ms} ms in the browser, which rebuilds {charts} "
    "charts (Streamlit 1.67 never updates one in place) and all filters, cards and texts of the page",
    "change_wall": "{server_ms} ms of it is the server's processor time; the rest is the browser's, as above",
    "change_kb": "{charts} charts, with all texts, filters and tables of the page: it runs as a whole, "
    "so that one choice applies to all",
    "server_rerun": "every widget, text and chart of the page is described anew at each run; "
    "what they are made of is cached",
    "view_cpu": "{charts} charts where the floor has one",
    "start": "pandas, SQLAlchemy and pandera are imported and both workspaces opened before the first "
    "visitor; then the page is made from the rows for the first time",
    "memory": "pandas, SQLAlchemy and pandera stay loaded, with the frames and charts of each page shown",
    "users": "{rate} changes a second of {server_ms} ms each keep the one Python process busy {share} % "
    "of the time; browserless clients and whatever else runs share its two cores",
    "rows": "pages are made from the rows, not from sums kept beside them; "
    "1,000,000 reports are 199 years of all 419 villages",
}


@dataclass(frozen=True)
class Verdict:
    """One budget: what was measured, what is allowed, and why not if not."""

    measure: str
    measured: float
    budget: float
    unit: str
    why: str = ""
    is_gate: bool = False
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        return self.measured >= self.budget if self.at_least else self.measured <= self.budget

    def row(self) -> str:
        sign, name = ("≥" if self.at_least else "≤"), f"**{self.measure}**" if self.is_gate else self.measure
        why = "" if self.is_met else self.why
        return (
            f"| {name} | {_number(self.measured)}{self.unit} | {sign} {_number(self.budget)}{self.unit} | "
            f"{'met' if self.is_met else '**missed**'} | {why} |"
        )


def render(result: Result) -> str:
    """Write all tables.

    Parameters
    ----------
    result : mapping
        As `benchmarks.__main__` collects it; parts that were not measured are left out.
    """
    parts = [_header(result["meta"])]
    makers = {
        "verdicts": _verdicts,
        "start": lambda r: _start(r["start"]),
        "views": lambda r: _views(r["views"]),
        "changes": lambda r: _changes(r["changes"]),
        "memory": lambda r: _memory(r["memory"]),
        "payload": lambda r: _payload(r["payload"]),
        "users": lambda r: _users(r["users"]),
        "rows": lambda r: _rows(r["rows"]),
        "intake": lambda r: _intake(r["intake"]),
        "pack": lambda r: _pack(r["pack"]),
    }
    parts += [make(result) for name, make in makers.items() if name == "verdicts" or name in result]
    return "\n\n".join(part for part in parts if part)


def _header(meta: Result) -> str:
    return (
        f"Taken {meta['when']} at commit `{meta['commit']}`, {meta['cores']} cores, load average "
        f"{meta['load']} at the start and {meta['load_end']} at the end, "
        f"{meta['seconds']} s in all, {meta['rounds']} rounds. Python {meta['python']}, "
        f"Streamlit {meta['streamlit']}, {meta['browser']}."
    )


def _table(title: str, heads: list[str], rows: list[list[str]], note: str = "") -> str:
    lines = [f"### {title}", "", "| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines + (["", note] if note else []))


def _number(value: float) -> str:
    if value != value:
        return "–"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def _whole(value: float) -> str:
    return "–" if value != value else f"{value:,.0f}"


def _verdicts(result: Result) -> str:
    found: list[Verdict] = []
    if "changes" in result:
        found += _change_verdicts(result["changes"])
    if "views" in result:
        found += _view_verdicts(result["views"])
    if "start" in result:
        begun, empty = result["start"]["/"], result["start"]["floor:empty"]
        found += [
            Verdict(
                "start to last chart, x empty",
                begun["last_chart_s"] / empty["last_chart_s"],
                2.8,
                "",
                REASONS["start"],
            ),
            Verdict(
                "memory after the first page, x empty",
                begun["rss_first"] / empty["rss_first"],
                2.6,
                "",
                REASONS["memory"],
            ),
        ]
    if "users" in result:
        found += _user_verdicts(result["users"])
    if "rows" in result:
        found += _row_verdicts(result["rows"]["page"])
    if not found:
        return ""
    lines = ["### Budgets", "", "Gates in bold. x = ratio to the floor, in the same run.", ""]
    lines += ["| measure | measured | budget | verdict | why |", "|---|---|---|---|---|"]
    return "\n".join(lines + [verdict.row() for verdict in found])


def _change_verdicts(changes: Result) -> list[Verdict]:
    again = changes["again"]
    plotly, radio = again["floor:plotly"], again["floor:radio"]
    found = []
    for page, cost in again.items():
        if not page.startswith("/") or "fault" in cost:
            continue
        charts = round(cost["charts"])
        cpu = (cost["server_ms"] + cost["browser_ms"]) / (plotly["server_ms"] + plotly["browser_ms"])
        words = {
            "charts": charts,
            "server_ms": _whole(cost["server_ms"]),
            "browser_ms": _whole(cost["browser_ms"]),
        }
        wall = (cost["wall_ms"] / radio["wall_ms"], 1.3, "x radio")
        if charts:
            wall = (cost["wall_ms"] / plotly["wall_ms"], 2.0, "x plotly")
        found += [
            Verdict(
                f"`{page}` change, CPU, x plotly",
                cpu,
                1.8,
                "",
                REASONS["change_cpu"].format(**words),
                is_gate=True,
            ),
            Verdict(
                f"`{page}` change, server CPU, x radio",
                cost["server_ms"] / radio["server_ms"],
                0.5,
                "",
                REASONS["server_rerun"].format(**words),
                is_gate=True,
            ),
            Verdict(
                f"`{page}` change, received",
                cost["socket_kb"],
                15,
                " KB",
                REASONS["change_kb"].format(**words),
                is_gate=True,
            ),
            Verdict(
                f"`{page}` change, wall, {wall[2]}",
                wall[0],
                wall[1],
                "",
                REASONS["change_wall"].format(**words),
            ),
        ]
    return found


def _view_verdicts(views: Result) -> list[Verdict]:
    plotly, found = views["floor:plotly"], []
    for page, cost in views.items():
        if page.startswith("/") and "fault" not in cost:
            found.append(
                Verdict(
                    f"`{page}` first view, browser CPU, x plotly",
                    cost["browser_ms"] / plotly["browser_ms"],
                    1.4,
                    "",
                    REASONS["view_cpu"].format(charts=round(cost["charts"])),
                    is_gate=True,
                )
            )
    found.append(
        Verdict(
            "`/` first view, wall, x plotly",
            views["/"]["wall_ms"] / plotly["wall_ms"],
            1.4,
            "",
            REASONS["view_cpu"].format(charts=round(views["/"]["charts"])),
        )
    )
    return found


def _busy(level: Mapping[str, float], users: int) -> str:
    rate = level["served"] * users / 2
    share = rate * level["server_ms"] / 10
    return REASONS["users"].format(
        rate=_number(rate), server_ms=_whole(level["server_ms"]), share=_whole(share)
    )


def _user_verdicts(users: Result) -> list[Verdict]:
    radio, found = users["floor:radio"], []
    for page, levels in users.items():
        if page.startswith("/"):
            if "20" in levels:
                why = _busy(levels["20"], 20)
                found += [
                    Verdict(
                        f"`{page}` 20 users, served",
                        100 * levels["20"]["served"],
                        95,
                        " %",
                        why,
                        at_least=True,
                    ),
                    Verdict(
                        f"`{page}` 20 users, p95, x one user's",
                        levels["20"]["p95_ms"] / levels["1"]["p95_ms"],
                        2,
                        "",
                        why,
                    ),
                ]
            if "50" in levels:
                many, stock = levels["50"], radio["50"]
                why = _busy(many, 50)
                found += [
                    Verdict(f"`{page}` 50 users, served", 100 * many["served"], 90, " %", why, at_least=True),
                    Verdict(
                        f"`{page}` 50 users, p50, x radio's", many["p50_ms"] / stock["p50_ms"], 0.1, "", why
                    ),
                    Verdict(
                        f"`{page}` 50 users, p95, x radio's", many["p95_ms"] / stock["p95_ms"], 0.3, "", why
                    ),
                    Verdict(f"`{page}` memory per session", many["rss_per_session"], 1, " MB"),
                ]
    return found


def _row_verdicts(pages: Result) -> list[Verdict]:
    sizes = sorted(pages, key=int)
    if len(sizes) < 2:
        return []
    least, most = pages[sizes[0]], pages[sizes[-1]]
    span = f"{int(sizes[0]):,} → {int(sizes[-1]):,} rows"
    return [
        Verdict(
            f"rerun, {span}", most["change_again_ms"] / least["change_again_ms"], 1.2, "", REASONS["rows"]
        ),
        Verdict(
            f"rerun never asked before, {span}",
            most["change_first_ms"] / least["change_first_ms"],
            1.2,
            "",
            REASONS["rows"],
        ),
        Verdict(f"memory, {span}", most["rss"] / least["rss"], 1.1, "", REASONS["rows"]),
    ]


def _start(start: Result) -> str:
    empty = start["floor:empty"]
    rows = [
        [
            f"`{name}`",
            _number(row["health_s"]),
            _number(row["last_chart_s"]),
            _number(row["last_chart_s"] / empty["last_chart_s"]),
            _number(row["server_cpu_s"]),
            f"{_whole(row['rss_idle'])} → {_whole(row['rss_first'])}",
        ]
        for name, row in start.items()
    ]
    heads = ["page", "health s", "last chart s", "x empty", "server CPU s", "RSS idle → after first page, MB"]
    return _table("Start of the process to the last chart in a new browser", heads, rows)


def _views(views: Result) -> str:
    plotly, empty = views["floor:plotly"], views["floor:empty"]
    rows = [
        [f"`{name}`", row["fault"], *[""] * 8]
        if "fault" in row
        else [
            f"`{name}`",
            _whole(row["charts"]),
            _whole(row["wall_ms"]),
            _number(row["wall_ms"] / empty["wall_ms"]),
            _number(row["wall_ms"] / plotly["wall_ms"]),
            _number(row["browser_ms"] / plotly["browser_ms"]),
            _whole(row["server_ms"]),
            _whole(row["requests"]),
            _whole(row["wire_kb"]),
            _number(row["socket_kb"]),
        ]
        for name, row in views.items()
    ]
    heads = [
        "page",
        "charts",
        "last chart ms",
        "x empty",
        "x plotly",
        "browser CPU x plotly",
        "server CPU ms",
    ]
    return _table(
        "First view of each page, empty browser cache, practice workspace",
        [*heads, "requests", "KB on the wire", "websocket KB"],
        rows,
    )


def _changes(changes: Result) -> str:
    parts = []
    titles = {
        "again": "Filter change, new to the session, its charts known to the server",
        "first": "Filter change that nobody has asked for since the server started",
    }
    for turn, title in titles.items():
        plotly, radio = changes[turn]["floor:plotly"], changes[turn]["floor:radio"]
        cpu = plotly["server_ms"] + plotly["browser_ms"]
        rows = [
            [f"`{name}`", row["fault"], *[""] * 8]
            if "fault" in row
            else [
                f"`{name}`",
                _whole(row["charts"]),
                _whole(row["wall_ms"]),
                _number(row["wall_ms"] / radio["wall_ms"]),
                _number(row["wall_ms"] / plotly["wall_ms"]),
                _whole(row["server_ms"]),
                _number(row["server_ms"] / radio["server_ms"]),
                _whole(row["browser_ms"]),
                _number((row["server_ms"] + row["browser_ms"]) / cpu),
                _number(row["socket_kb"]),
            ]
            for name, row in changes[turn].items()
        ]
        heads = ["page", "charts", "ms", "x radio", "x plotly", "server CPU ms", "x radio", "browser CPU ms"]
        parts.append(_table(title, [*heads, "both x plotly", "KB per rerun"], rows))
    return "\n\n".join(parts)


def _memory(memory: Result) -> str:
    rows = [
        [f"`{name}`", _whole(row.get("idle", float("nan"))), _whole(row.get("all_pages", float("nan")))]
        for name, row in memory.items()
        if row
    ]
    return _table(
        "Memory of the server, MB",
        ["server", "idle", "after all first views and filter changes above"],
        rows,
        "Per session: last column of the table of users.",
    )


def _payload(payload: Result) -> str:
    rows = []
    for page, found in payload.items():
        figures = sorted(found["figures"].items(), key=lambda item: -item[1])
        heavy = [f"`{name}` {_number(size)}" for name, size in figures if size > HEAVY]
        rows.append(
            [
                f"`{page}`",
                _number(found["all"]),
                str(len(figures)),
                _number(sum(found["figures"].values())),
                ", ".join(heavy) or "–",
            ]
        )
    heads = ["page", "KB at the first view", "figures", "KB of figures", f"figures above {HEAVY} KB"]
    return _table("What is sent for each page", heads, rows)


def _users(users: Result) -> str:
    rows = [
        [
            f"`{name}`",
            level,
            f"{_whole(row['p50_ms'])} / {_whole(row['p95_ms'])}",
            f"{100 * row['served']:.0f} %",
            _whole(row["load_p50_ms"]),
            _whole(row["server_ms"]),
            _whole(row["rss"]),
            _number(row["rss_per_session"]),
        ]
        for name, levels in users.items()
        for level, row in levels.items()
    ]
    heads = ["page", "users", "p50 / p95 ms", "served", "first load p50 ms (all at once)"]
    return _table(
        "Users, each changing one choice every 2 s",
        [*heads, "server CPU ms per change", "RSS MB", "MB per session"],
        rows,
    )


def _rows(rows: Result) -> str:
    engines = [
        [
            f"{int(size):,}",
            *(
                text
                for engine in ("pandas", "duckdb")
                for text in (
                    _whole(found[engine]["measure_ms"]),
                    f"{_whole(found[engine]['rss'])} ({_whole(found[engine]['rss_peak'])})",
                )
            ),
        ]
        for size, found in rows["measure"].items()
    ]
    pages = [
        [
            f"{int(size):,}",
            _number(found["commit_s"]),
            _whole(found["frame_ms"]),
            _whole(found["load_first_ms"]),
            _whole(found["load_again_ms"]),
            _whole(found["change_first_ms"]),
            _whole(found["change_again_ms"]),
            _whole(found["rss"]),
        ]
        for size, found in rows["page"].items()
    ]
    heads = ["rows", "pandas ms", "RSS MB (peak)", "DuckDB over Parquet ms", "RSS MB (peak)"]
    tables = []
    if engines:
        tables.append(
            _table("Visits per head by regency and month, by number of visit reports", heads, engines)
        )
    if pages:
        heads = [
            "rows",
            "commit s",
            "`store.frame` ms",
            "first load ms",
            "again",
            "change ms",
            "again",
            "RSS MB",
        ]
        tables.append(
            _table("Store and `/minat-baca`, by number of visit reports (answer of the server)", heads, pages)
        )
    return "\n\n".join(tables)


def _intake(found: Result) -> str:
    steps = ("read_s", "examine_s", "preview_s", "commit_s")
    rows = []
    for file, runs in found.items():
        if file == "rows":
            continue
        desk = runs["desk"]
        cells = [_number(desk[step]) for step in steps]
        rows.append([f"{file}: desk", *cells, _number(sum(desk[s] for s in steps)), _whole(desk["peak_mb"])])
        rows += [
            [f"{file}: pandas ({engine})", _number(run["read_s"]), "–", "–", "–", "–", _whole(run["peak_mb"])]
            for engine, run in runs["pandas"].items()
        ]
    heads = ["File", "read s", "examine s", "preview s", "commit s", "in all s", "peak MB"]
    note = "Each run is a process of its own. Plain pandas reads cells and guesses types; it checks nothing."
    return _table(f"Intake of {_whole(found['rows'])} rows", heads, rows, note)


def _pack(found: Result) -> str:
    runs = {name: run for side in found.values() for name, run in side.items() if name != "slides"}
    rows = [
        [name, *(_number(run[key]) for key in ("cold_s", "warm_s", "cpu_s")), _whole(run["kb"])]
        for name, run in runs.items()
    ]
    heads = ["Artefact", "first time s", "again s", "CPU s", "KB"]
    note = (
        "The whole pack is made first, so its first time holds all imports. The slides by hand are pictures "
        "of charts, without map, notes, tables, alternative texts, caveats or sources. Budget: 20 s."
    )
    return _table(f"Closing pack of {found['ours']['slides']} slides", heads, rows, note)
