"""The report for those without Python: the official workspace as one HTML file."""

from __future__ import annotations

from contextlib import closing

from literasi.contracts import TABLES
from literasi.domain.areas import AreaRegister
from literasi.export import report
from literasi.maps import load_layout
from literasi.portable import selection
from literasi.settings import Settings
from literasi.store import definitions, open_store
from literasi.text import moment, t


def html_bytes(settings: Settings) -> bytes:
    """Write the report of the official workspace as of now.

    Parameters
    ----------
    settings : Settings

    Returns
    -------
    bytes
    """
    with closing(open_store(settings.database_url, read_only=True)) as store:
        head = store.head()
        tables = {name: store.frame(name, head) for name in TABLES}
        when = store.submissions().set_index("id").loc[head, "time"]
    charts = selection.charts(
        selection.Workspace(
            tables=tables,
            register=AreaRegister.from_frame(tables["areas"]),
            catalogue=definitions.load_catalogue(settings.data_dir),
            summary=definitions.load_summary(settings.data_dir),
            reporting=definitions.load_reporting(settings.data_dir),
            layout=load_layout(settings.data_dir),
        )
    )
    rows = tables["sources"].to_dict("records")
    sources = {str(row["source_id"]): {str(name): value for name, value in row.items()} for row in rows}
    return report.html_bytes(
        list(charts),
        title=t("app.title"),
        lines=(
            t("portable.report"),
            t("portable.report_data", submission=head, when=moment(str(when))),
            t("shell.attribution"),
        ),
        sources=sources,
    )
