"""A part of the upload page: read a library's SLiMS or INLISLite, look at what would change, and save it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from literasi.domain.periods import Period
from literasi.errors import LiterasiError, StoreError
from literasi.intake import wording
from literasi.intake.systems import DEFAULT_PORT, SYSTEMS, TABLES, series, syncing
from literasi.intake.systems.proposed import SHRUNK
from literasi.intake.systems.syncing import Address, Proposed, Reading
from literasi.text import number, period, t
from literasi.ui import cached, url
from literasi.ui.cached import Preview
from literasi.ui.safe import markdown
from literasi.ui.tables import show_table
from literasi.ui.upload.commit import readable
from literasi.ui.upload.findings import findings_table
from literasi.ui.upload.links import history_link

_READ, _REFUSED, _TURN = "systems.read", "systems.refused", "systems.turn"
_ACTOR = "upload.actor"  # a name is asked for once, here or where files are uploaded
_ALL = "all"
SAME_EVERYWHERE = ["library_id", "received_on"]
"""Columns that hold the same in every row of one library read today."""
_MONTHS_READ = 12
_FIRST_MONTH = Period(2010, 1)


@dataclass(slots=True)
class _Read:
    """What was read last in this session and workspace. The password is no part of it."""

    label: str
    reading: Reading
    proposed: Proposed
    preview: Preview
    has_moved: bool = False
    committed: int | None = None


def show() -> None:
    """Show the form, what was read, what it would change, and the button that saves it.

    Nothing is shown where data cannot be changed. The password goes from the form to the library's server; it
    is in no address, file or database, and forgotten when the server has answered.
    """
    if cached.is_public():
        return
    st.markdown(t("systems.intro"))
    _show_form()
    refused: LiterasiError | None = st.session_state.pop(_REFUSED, None)
    if refused is not None:
        st.error(markdown(t(refused.key, **refused.params)), icon=":material/error:")
    read = _reads().get(url.workspace())
    if read is None:
        return
    if read.committed is not None:
        st.success(t("systems.done", submission=read.committed), icon=":material/check_circle:")
        history_link(read.committed)
        return
    _show_findings(read)
    _show_preview(read)
    _show_save(read)


def _reads() -> dict[str, _Read]:
    reads: dict[str, _Read] = st.session_state.setdefault(_READ, {})
    return reads


def _show_form() -> None:
    known = cached.desk().known()
    system = st.segmented_control(
        t("systems.system"),
        SYSTEMS,
        default=SYSTEMS[0],
        format_func=syncing.name,
        key="systems.system",
        required=True,
    )
    _show_grants(system)
    names = _library_labels(known.tables["libraries"])
    months = _ended_months(Period(known.today.year, known.today.month))
    turn = st.session_state.setdefault(_TURN, 0)
    with st.form(key="systems.form"), st.grid(min_column_width=220, gap="small", key="systems-grid"):
        host = st.text_input(t("systems.host"), "localhost", key="systems.host", max_chars=200)
        port = st.number_input(
            t("systems.port"), 1, 65535, DEFAULT_PORT, key="systems.port", format="%d", step=1
        )
        database = st.text_input(t("systems.database"), system, key="systems.database", max_chars=64)
        user = st.text_input(t("systems.user"), "dasbor", key="systems.user", max_chars=80)
        password = st.text_input(
            t("systems.password"),
            type="password",
            key=f"systems.password.{turn}",
            autocomplete="off",
            help=t("systems.password_help"),
        )
        library = st.selectbox(
            t("systems.library"),
            tuple(names),
            index=None,
            placeholder=t("upload.choose"),
            format_func=lambda code: names[code],
            key="systems.library",
        )
        first = st.selectbox(
            t("systems.first"),
            months,
            index=min(_MONTHS_READ, len(months)) - 1,
            format_func=period,
            key="systems.first",
        )
        last = st.selectbox(t("systems.last"), months, format_func=period, key="systems.last")
        only = st.selectbox(
            t("systems.only"),
            (_ALL, *TABLES),
            format_func=lambda code: t("systems.both") if code == _ALL else t(f"table.{code}"),
            key="systems.only",
        )
        is_sent = st.form_submit_button(t("systems.read"), icon=":material/sync:")
    if not is_sent:
        return
    # In the next run another widget takes its place: neither session nor browser hold the password longer.
    st.session_state[_TURN] = turn + 1
    _reads().pop(url.workspace(), None)
    try:
        library_id = syncing.require_library(library, known.tables["libraries"])
        span = series.span(syncing.month(first), syncing.month(last), today=known.today)
        address = Address(database.strip(), user.strip(), host.strip(), int(port))
        with st.spinner(t("systems.reading")):
            reading = syncing.read(
                system,
                address,
                password,
                library_id=library_id,
                span=span,
                tables=TABLES if only == _ALL else (only,),
            )
    except LiterasiError as error:
        st.session_state[_REFUSED] = error
    else:
        _reads()[url.workspace()] = _proposed(address.label(system), reading)
    st.rerun()


def _proposed(label: str, reading: Reading, *, accept_shrink: bool = False) -> _Read:
    desk = cached.desk()
    proposed = syncing.propose(reading, stored=desk.known().tables, accept_shrink=accept_shrink)
    return _Read(label, reading, proposed, desk.store.preview(proposed.changes, proposed.removals))


def _show_grants(system: str) -> None:
    with st.expander(t("systems.grants"), icon=":material/key:"):
        st.markdown(t("systems.grants_hint"))
        st.code("\n".join(syncing.grants(syncing.NEEDED[system], database=system, user="dasbor")), "sql")


def _library_labels(libraries: pd.DataFrame) -> dict[str, str]:
    register = cached.register()
    return {
        str(code): f"{name} · {register.name(area) if area in register else area}"
        for code, name, area in zip(
            libraries["library_id"], libraries["name"], libraries["area_code"], strict=True
        )
    }


def _ended_months(running: Period) -> tuple[str, ...]:
    """Give every month that can be read, the newest first."""
    months = []
    month = series.previous(running)
    while month >= _FIRST_MONTH:
        months.append(str(month))
        month = series.previous(month)
    return tuple(months)


def _show_findings(read: _Read) -> None:
    findings = read.proposed.findings
    has_shrunk = any(finding.rule == SHRUNK for finding in findings)
    is_accepted = st.session_state.get(_accept_key(read), False)
    if findings:
        st.markdown(f"**{t('systems.findings', count=number(len(findings)))}**")
    for finding in findings:
        if not finding.advice:
            where, said = markdown(wording.place(finding)), markdown(wording.rule(finding))
            st.markdown(f":material/info: **{where}**: {said}  \n{markdown(wording.remedy(finding))}")
    about_values = [finding for finding in findings if finding.advice]
    if about_values:
        unneeded = [t(f"upload.column.{name}") for name in ("weight", "remedy")]
        shown = findings_table(about_values).drop(columns=unneeded)
        show_table(shown, key="systems.findings", alt=t("upload.findings_alt"))
    if has_shrunk or is_accepted:
        is_wanted = st.checkbox(t("systems.accept_shrink"), key=_accept_key(read))
        if is_wanted == has_shrunk:  # what is proposed does not follow the choice yet
            _reads()[url.workspace()] = _proposed(read.label, read.reading, accept_shrink=is_wanted)
            st.rerun()


def _accept_key(read: _Read) -> str:
    return f"systems.accept.{st.session_state[_TURN]}.{read.reading.library_id}"


def _show_preview(read: _Read) -> None:
    if read.has_moved:
        st.warning(t("upload.moved"), icon=":material/sync:")
    st.subheader(t("systems.preview"), anchor=False)
    if not _is_new(read):
        st.info(t("systems.nothing"), icon=":material/check_circle:")
    for table, counts in read.preview.counts.items():
        label = t(
            "history.table",
            table=t(f"table.{table}"),
            added=number(counts.added),
            changed=number(counts.changed),
            removed=number(counts.removed),
        )
        if not counts.written:
            continue
        with st.expander(markdown(label), expanded=table in TABLES, key=f"systems.effect.{table}"):
            for part in ("removed", "changed", "added"):
                rows: pd.DataFrame = getattr(read.preview.effects[table], part)
                if len(rows):
                    total: int = getattr(counts, part)
                    st.markdown(f"**{t(f'upload.rows_{part}', count=number(total))}**")
                    show_table(
                        readable(rows.drop(columns=SAME_EVERYWHERE, errors="ignore"), {}),
                        key=f"systems.effect.{table}.{part}",
                    )


def _is_new(read: _Read) -> bool:
    return any(counts.written for counts in read.preview.counts.values())


def _show_save(read: _Read) -> None:
    if not _is_new(read):
        return
    actor = st.text_input(
        t("upload.actor"), st.session_state.get(_ACTOR, ""), key="systems.actor", max_chars=60
    ).strip()
    st.session_state[_ACTOR] = actor
    is_asked = st.button(t("systems.save"), key="systems.save", icon=":material/save:", disabled=not actor)
    st.caption(t("systems.save_hint") if actor else t("upload.no_actor"))
    if not is_asked:
        return
    try:
        read.committed = cached.desk().submit(
            read.proposed.changes,
            removals=read.proposed.removals,
            actor=actor,
            note=syncing.note(read.reading),
            file_name=read.label,
            preview=read.preview,
        )
    except StoreError as error:
        if error.key != "error.changed_since":
            raise
        accepted = bool(st.session_state.get(_accept_key(read), False))
        again = _proposed(read.label, read.reading, accept_shrink=accepted)
        again.has_moved = True
        _reads()[url.workspace()] = again
    st.rerun()
