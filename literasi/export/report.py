"""One HTML file for those without Python: charts that answer to the pointer, and nothing is fetched."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

from literasi.export.image import inline_geometry
from literasi.export.table import inert
from literasi.figures import INK, TOPOJSON_STUB, Chart
from literasi.text import date, language, number, t

# Plotly.js writes styles and reads the empty topology of maps from a data: address; it asks for nothing else.
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data: blob:; connect-src data:; font-src data:"
)
_CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "topojsonURL": TOPOJSON_STUB}
_STYLE = """
:root{color-scheme:light}
body{font:16px/1.5 "Source Sans","Source Sans 3","Noto Sans","DejaVu Sans",sans-serif;color:#1c2b33;
background:#fff;margin:0 auto;max-width:1100px;padding:24px 20px 60px}
h1{font-size:2rem;line-height:1.2;margin:0}h2{font-size:1.35rem;line-height:1.25;margin:0}
p{margin:.3rem 0}.quiet{color:#4a5a66}.mark{background:#8a4b00;color:#fff;padding:6px 12px;font-weight:700}
article{border:1px solid #c9d6dc;border-radius:6px;padding:18px;margin:24px 0;break-inside:avoid}
.wide{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem}
th,td{border-bottom:1px solid #c9d6dc;padding:4px 10px;text-align:left;vertical-align:top}
td.n{text-align:right;font-variant-numeric:tabular-nums}th{background:#e3edf1}
summary{cursor:pointer;padding:6px 0}
@media print{summary{display:none}article{border:0;padding:0}}
"""
_DRAW = """
for (const chart of JSON.parse(document.getElementById("charts").textContent))
  Plotly.newPlot(chart.id, chart.data, chart.layout, chart.config)
"""


def html_bytes(
    charts: Sequence[Chart],
    *,
    title: str,
    lines: Iterable[str],
    sources: Mapping[str, Mapping[str, Any]],
    mark: str = "",
) -> bytes:
    """Write charts with their findings, tables, notes and sources as one HTML file.

    Parameters
    ----------
    charts : sequence of Chart
    title : str
    lines : iterable of str
        What the reader must know first: state of the data, date.
    sources : mapping of str to mapping
        Rows of the table ``sources`` by their id.
    mark : str
        Text that marks synthetic data; empty for real data.

    Returns
    -------
    bytes
        UTF-8. A policy inside forbids every request; text of data is never markup.
    """
    drawings = [_drawing(chart, f"chart-{place}") for place, chart in enumerate(charts)]
    body = [
        f'<p class="mark">{_text(mark)}</p>' if mark else "",
        f"<h1>{_text(title)}</h1>",
        *(f'<p class="quiet">{_text(line)}</p>' for line in lines),
        *(_article(chart, f"chart-{place}", sources) for place, chart in enumerate(charts)),
    ]
    content = "\n".join(part for part in body if part)
    page = f"""<!DOCTYPE html>
<html lang="{language()}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_text(title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
{content}
</main>
<script type="application/json" id="charts">{_script(json.dumps(drawings))}</script>
<script>{get_plotlyjs()}</script>
<script>{_DRAW}</script>
</body>
</html>
"""
    return page.encode("utf-8")


def _drawing(chart: Chart, place: str) -> dict[str, Any]:
    figure = go.Figure(chart.figure)
    inline_geometry(figure)
    figure.layout.font.color = INK["light"]
    written = json.loads(figure.to_json())
    return {"id": place, "data": written["data"], "layout": written["layout"], "config": _CONFIG}


def _article(chart: Chart, place: str, sources: Mapping[str, Mapping[str, Any]]) -> str:
    cited = [sources[source] for source in chart.sources if source in sources]
    below = [*chart.notes, *chart.fine_print]
    return "\n".join(
        (
            "<article>",
            f"<h2>{_text(chart.title)}</h2>",
            f'<p class="quiet">{_text(chart.subtitle)}</p>',
            f'<div id="{place}" role="img" aria-label="{_text(chart.alt)}"></div>',
            *(f'<p class="quiet">{_text(line)}</p>' for line in below),
            f"<details><summary>{_text(t('chart.details'))}</summary>",
            f'<div class="wide">{_table(chart.table)}</div>',
            *(f'<p class="quiet">{_text(_source(source))}</p>' for source in cited),
            "</details>",
            "</article>",
        )
    )


def _table(frame: pd.DataFrame) -> str:
    heads = "".join(f'<th scope="col">{_text(name)}</th>' for name in frame.columns)
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in frame.itertuples(index=False))
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _cell(value: object) -> str:
    shown = inert(value)
    if isinstance(value, bool) or not isinstance(shown, int | float):
        return f"<td>{_text(shown)}</td>"
    return f'<td class="n">{_text(number(shown, 0 if float(shown).is_integer() else 2))}</td>'


def _source(source: Mapping[str, Any]) -> str:
    when = source.get("published_on")
    dated = date(when) if when is not None and not pd.isna(when) else t("source.undated")
    return f"{t('source.heading')}: {source['publisher']}: {source['title']} ({dated}) {source['url']}"


def _text(value: object) -> str:
    return html.escape(" ".join(str(value).split()))


def _script(written: str) -> str:
    """Keep JSON inside its element: no text of data can end it."""
    return written.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
