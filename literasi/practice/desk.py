"""What an office has told about its files: advices with and without a reason, and what was remembered."""

from __future__ import annotations

import pandas as pd

from literasi.domain.outliers import outliers
from literasi.practice.basis import rows

GROUP, CLOSED = "Latihan: ada kunjungan rombongan", "Latihan: tutup untuk perbaikan gedung"


def advices(visits: pd.DataFrame, libraries: pd.DataFrame) -> pd.DataFrame:
    """Give an advice for each month of visits that is far from what the library usually reports.

    Every second one has a reason; the others are open.
    """
    far = outliers(visits.rename(columns={"total": "value"})[["library_id", "month", "value"]])
    far = far.sort_values(["library_id", "month"], ignore_index=True)
    areas = dict(zip(libraries["library_id"], libraries["area_code"], strict=True))
    return rows(
        "advices",
        (
            {
                "of_table": "visits",
                "row_key": f"{row.library_id} · {row.month:%Y-%m-%d}",
                "of_column": "total",
                "rule": "outlier",
                "value": f"{row.value:.0f}",
                "area_code": areas[row.library_id],
                "reason": None if at % 2 else GROUP if row.value else CLOSED,
            }
            for at, row in enumerate(far.itertuples())
        ),
    )


def layouts() -> pd.DataFrame:
    """Give the remembered mapping of a monthly report."""
    headings = {
        "Kab/Kota": "regency",
        "Desa": "village",
        "Nama Perpus": "library",
        "Bulan": "month",
        "L": "male",
        "P": "female",
        "Jml": "total",
    }
    return rows(
        "layouts",
        (
            {"layout": "latihan", "position": at, "heading": heading, "form": "visits", "field": field}
            for at, (heading, field) in enumerate(headings.items(), start=1)
        ),
    )


def spellings(libraries: pd.DataFrame) -> pd.DataFrame:
    """Give a remembered spelling for some libraries."""
    return rows(
        "spellings",
        (
            {
                "kind": "library",
                "within": library.area_code,
                "written": f"PERPUS LATIHAN {at}",
                "code": library.library_id,
            }
            for at, library in enumerate(libraries.head(3).itertuples(), start=1)
        ),
    )


def snapshots(events: pd.DataFrame) -> pd.DataFrame:
    """Give a frozen state of the data: that of the first submission."""
    return rows("snapshots", [{"name": f"Penutupan {events['name'].iloc[0]}", "submission": 1}])
