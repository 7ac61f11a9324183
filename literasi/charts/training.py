"""Training: who came, and how many in each year."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Mapping

import pandas as pd
import plotly.graph_objects as go

from literasi.charts.rows import count_column, hidden_note, hidden_word, row_figure, write_rows
from literasi.domain.statistics import SMALLEST_PERCENTAGE
from literasi.domain.training import NOT_STATED
from literasi.figures import CONTRAST, EMPHASIS, GRID, MUTED, Chart, base_figure
from literasi.text import date, number, percent, plain, t

# Groups with an order of their own; the others stand with the largest first.
_ORDERED = ("regency", "age_band", "event", "year")


def who_chart(
    counted: pd.DataFrame,
    *,
    name: str,
    dimension: str,
    labels: Mapping[str, str],
    scope: str,
    when: str,
    threshold: int,
    focus: str | None = None,
    sources: tuple[str, ...] = (),
) -> Chart | None:
    """Participations by one dimension, one bar per group; a hidden number has a word in place of its bar.

    Parameters
    ----------
    counted : DataFrame
        As from `literasi.domain.trainees.who`.
    name : str
        Name of the chart.
    dimension : str
        Of `literasi.domain.training.DIMENSIONS`.
    labels : mapping
        Code to label, in the order in which groups with an order stand.
    scope, when : str
        For the subtitle: whose participations, of which years.
    threshold : int
        For the legend line of what is hidden.
    focus : str, optional
        Code to emphasise.
    sources : tuple of str

    Returns
    -------
    Chart or None
        None where nobody came.
    """
    groups = _ordered(counted[~counted["is_total"]], dimension, labels)
    whole = counted.loc[counted["is_total"], "n"]
    total = float(whole.iloc[0]) if len(whole) else float("nan")
    if groups.empty or total == 0:
        return None
    names = [labels.get(code, code) for code in groups["code"]]
    has_shares = total >= SMALLEST_PERCENTAGE
    written = [
        hidden_word() if hidden else f"{number(n)} ({percent(n / total)})" if has_shares else number(n)
        for n, hidden in zip(groups["n"], groups["is_suppressed"], strict=True)
    ]
    colours = [
        CONTRAST if code == focus else MUTED if code == NOT_STATED else EMPHASIS for code in groups["code"]
    ]
    figure = row_figure(names)
    figure.add_trace(
        go.Bar(
            x=groups["n"],
            y=list(range(len(groups))),
            orientation="h",
            text=["" if hidden else w for w, hidden in zip(written, groups["is_suppressed"], strict=True)],
            textposition="outside",
            cliponaxis=False,
            marker={"color": colours},
            hoverinfo="text",
            hovertext=[
                f"{plain(label)}<br>{word} {t('training.people_unit')}"
                for label, word in zip(names, written, strict=True)
            ],
            showlegend=False,
        )
    )
    most = float(groups["n"].fillna(0).max())
    figure.update_layout(xaxis={"range": [0, 1.35 * most if most else 1], "visible": False}, bargap=0.3)
    write_rows(figure, {i: hidden_word() for i in _where(groups["is_suppressed"])})
    subtitle = t("training.who_subtitle", dimension=t(f"training.by_{dimension}"), scope=scope, when=when)
    values = ", ".join(f"{label} {word}" for label, word in zip(names, written, strict=True))
    return Chart(
        name=name,
        figure=figure,
        title=_who_title(groups, dimension, labels, total),
        subtitle=subtitle,
        alt=t("training.who_alt", subtitle=subtitle, values=values, total=number(total)),
        table=pd.DataFrame(
            {
                t(f"training.dimension_{dimension}"): names,
                t("training.column_participations"): count_column(groups["n"], groups["is_suppressed"]),
                t("training.column_share"): [
                    hidden_word() if hidden else percent(n / total) if has_shares else "–"
                    for n, hidden in zip(groups["n"], groups["is_suppressed"], strict=True)
                ],
            }
        ),
        sources=sources,
        notes=(*hidden_note(groups["is_suppressed"], threshold),),
        fine_print=(t("training.participations"),),
    )


def trained_chart(
    values: pd.DataFrame,
    events: pd.DataFrame,
    *,
    name: str,
    area: str,
    last_year: int,
    threshold: int,
    hidden: Collection[str] = (),
) -> Chart | None:
    """People at trainings, one bar per year; a year of which nothing is known has a dash, not a zero.

    Parameters
    ----------
    values : DataFrame
        Tidy values of the indicator ``participants_trained`` for one area.
    events : DataFrame
        The trainings of that area, rows of the table ``events``; listed in hover and table.
    name : str
    area : str
        For the subtitle.
    last_year : int
        The axis goes to this year at least.
    threshold : int
        For the legend line of what is hidden.
    hidden : collection of str
        Years whose number may not be shown.

    Returns
    -------
    Chart or None
        None where no year is known.
    """
    known = values[values["is_preferred"] & values["value"].notna()].set_index("period")["value"]
    if known.empty:
        return None
    years = [str(year) for year in range(int(known.index.min()), max(last_year, int(known.index.max())) + 1)]
    drawn = known.reindex(years)
    is_hidden = pd.Series([year in hidden for year in years], index=years)
    shown = drawn.mask(is_hidden)
    held = events.assign(year=events["date_start"].dt.year.astype("str")).sort_values("date_start")
    hover = [
        "<br>".join((f"{year}: {_people(value, concealed)}", *_held_lines(held[held["year"] == year])))
        for year, value, concealed in zip(years, shown, is_hidden, strict=True)
    ]
    figure = base_figure(
        go.Bar(
            x=list(range(len(years))),
            y=shown.tolist(),
            text=["" if pd.isna(v) else number(v) for v in shown],
            textposition="outside",
            cliponaxis=False,
            marker={"color": EMPHASIS},
            hoverinfo="text",
            hovertext=hover,
            showlegend=False,
        ),
        height=300,
        bargap=0.4,
    )
    most = float(shown.max()) if shown.notna().any() else 1.0
    figure.update_layout(
        xaxis={
            "tickvals": list(range(len(years))),
            "ticktext": years,
            "range": [-0.6, len(years) - 0.4],
            "showgrid": False,
        },
        yaxis={"range": [0, 1.2 * most], "visible": False},
    )
    figure.add_shape(type="line", x0=0, x1=1, xref="paper", y0=0, y1=0, line={"color": GRID, "width": 1})
    for i, (value, concealed) in enumerate(zip(shown, is_hidden, strict=True)):
        if pd.isna(value):
            word = hidden_word() if concealed else "–"
            figure.add_annotation(x=i, y=0, text=word, showarrow=False, yanchor="bottom")
    unknown = [year for year, value in drawn.items() if pd.isna(value)]
    first, last = years[0], str(known.index.max())
    words = {
        "total": number(float(shown.sum())),
        "count": number(len(held)),
        "first": first,
        "last": last,
        "area": area,
        "values": ", ".join(
            f"{year} {_people(value, concealed)}"
            for year, value, concealed in zip(years, shown, is_hidden, strict=True)
        ),
    }
    return Chart(
        name=name,
        figure=figure,
        title=t("training.trained_title_hidden" if is_hidden.any() else "training.trained_title", **words),
        subtitle=t("training.trained_subtitle", **words),
        alt=t("training.trained_alt", **words),
        table=_trained_table(held, years=years, shown=shown, is_hidden=is_hidden),
        sources=tuple(dict.fromkeys(held["source_id"].dropna())),
        notes=(
            *((t("training.trained_unknown", years=", ".join(map(str, unknown))),) if unknown else ()),
            *hidden_note(is_hidden, threshold),
        ),
        fine_print=(t("training.participations"),),
    )


def _where(flags: pd.Series[bool]) -> list[int]:
    return [i for i, flag in enumerate(flags) if flag]


def _ordered(groups: pd.DataFrame, dimension: str, labels: Mapping[str, str]) -> pd.DataFrame:
    """The order of `labels` where the groups have one, else the largest first; not stated is last."""
    rank = {code: i for i, code in enumerate(labels)}
    keyed = groups.assign(
        last=groups["code"] == NOT_STATED,
        rank=groups["code"].map(lambda code: rank.get(code, len(rank))),
        size=0.0 if dimension in _ORDERED else -groups["n"].fillna(-1.0),
    )
    ordered = keyed.sort_values(["last", "size", "rank", "code"], ignore_index=True)
    return ordered.drop(columns=["last", "rank", "size"])


def _who_title(groups: pd.DataFrame, dimension: str, labels: Mapping[str, str], total: float) -> str:
    """Name the largest group, unless a hidden one could be as large, or two are."""
    stated = groups[groups["code"] != NOT_STATED]
    shown = stated.sort_values("n", ascending=False)["n"].dropna()
    concealed = total - groups["n"].sum() if groups["is_suppressed"].any() else 0.0
    words: dict[str, object] = {
        "dimension": t(f"training.by_{dimension}"),
        "count": number(float(stated["is_suppressed"].sum())),
        "groups": number(len(stated)),
        "total": number(total),
    }
    if shown.empty or pd.isna(total):
        return t("training.who_title_hidden", **words)
    is_alone = len(shown) == 1 or shown.iloc[0] > shown.iloc[1]
    if concealed >= shown.iloc[0] or not is_alone:
        key = "training.who_title_hidden" if groups["is_suppressed"].any() else "training.who_title_tied"
        return t(key, **words)
    top = labels.get(str(stated.loc[shown.index[0], "code"]), str(stated.loc[shown.index[0], "code"]))
    return t("training.who_title", top=top, n=number(shown.iloc[0]), **words)


def _people(value: float, is_hidden: bool) -> str:
    if is_hidden:
        return hidden_word()
    return "–" if pd.isna(value) else f"{number(value)} {t('training.people_unit')}"


def _held_lines(held: pd.DataFrame) -> list[str]:
    lines = []
    for event in held.to_dict("records"):
        where = "" if pd.isna(event["venue"]) else f", {event['venue']}"
        lines.append(plain(f"{event['name']}"))
        lines.append(plain(f"{date(event['date_start'])}{where}"))
        if not pd.isna(event["note"]):
            lines += [f"<i>{plain(line)}</i>" for line in textwrap.wrap(str(event["note"]), 60)]
    return lines


def _trained_table(
    held: pd.DataFrame, *, years: list[str], shown: pd.Series[float], is_hidden: pd.Series[bool]
) -> pd.DataFrame:
    """One row per year and training; a year without a known training has one row of dashes."""
    rows = pd.DataFrame({"year": years}).merge(held, on="year", how="left")
    return pd.DataFrame(
        {
            t("column.year"): rows["year"],
            t("training.column_in_year"): count_column(
                rows["year"].map(shown).astype("float64"), rows["year"].map(is_hidden).astype("bool")
            ),
            t("training.column_event"): rows["name"],
            t("column.date_start"): rows["date_start"],
            t("column.date_end"): rows["date_end"],
            t("column.venue"): rows["venue"],
            t("column.organiser"): rows["organiser"],
            t("training.column_published"): rows["participants_published"],
            t("column.note"): rows["note"],
            t("column.source_id"): rows["source_id"],
        }
    )
