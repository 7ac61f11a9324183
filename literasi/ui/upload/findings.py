"""What was found in a file: faults to mend in it, and advices to answer or to leave open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextvars import copy_context
from functools import partial

import pandas as pd
import streamlit as st

from literasi.intake import wording as words
from literasi.intake.findings import Finding
from literasi.text import number, t
from literasi.ui import cached
from literasi.ui.safe import markdown
from literasi.ui.tables import show_table
from literasi.ui.upload.mended import marked_name
from literasi.ui.upload.work import Work, answer

Groups = list[list[Finding]]

_GROUPS, _PLACES, _REASONS = 12, 8, 30


def show_findings(work: Work) -> None:
    """Show all faults, the marked workbook to mend them in, and the advices with a place for reasons."""
    if work.committed is not None:
        return
    proposal = work.proposal
    st.subheader(t("upload.step_findings"), anchor=False)
    if proposal.findings:
        _show_found(work)
    else:
        st.markdown(t("upload.no_findings"))
    _show_advices(work, [finding for finding in proposal.findings if finding.weight == "advise"])


def _show_found(work: Work) -> None:
    proposal, faults = work.proposal, work.proposal.faults
    if faults:
        st.markdown(f"**{t('upload.faults_heading', count=number(len(faults)))}**")
        st.caption(t("upload.faults_hint"))
        _show_groups(_grouped(faults), icon=":material/error:")
    else:
        st.markdown(t("upload.no_faults"))
    st.download_button(
        t("upload.marked"),
        # Made in another thread, which must know the user's language.
        data=partial(copy_context().run, cached.desk().marked, proposal),
        file_name=marked_name(proposal.file.name),
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key=work.key("marked"),
        icon=":material/download:",
        help=t("upload.marked_help"),
        on_click="ignore",
    )
    with st.expander(t("upload.all_findings", count=number(len(proposal.findings))), icon=":material/list:"):
        show_table(findings_table(proposal.findings), key=work.key("findings"), alt=t("upload.findings_alt"))


def findings_table(findings: Sequence[Finding]) -> pd.DataFrame:
    """Give one row for each finding: weight, place, heading, value, what is wrong, what to do.

    Parameters
    ----------
    findings : sequence of Finding

    Returns
    -------
    DataFrame
        Texts as the file has them, columns named in the user's language.
    """
    return pd.DataFrame(
        {
            t("upload.column.weight"): [t(f"upload.weight.{f.weight}") for f in findings],
            t("upload.column.place"): [words.place(f) for f in findings],
            t("upload.column.heading"): [f.place.heading for f in findings],
            t("upload.column.value"): [f.value for f in findings],
            t("upload.column.rule"): [words.rule(f) for f in findings],
            t("upload.column.remedy"): [words.remedy(f) for f in findings],
        }
    )


def _show_groups(groups: Groups, *, icon: str) -> None:
    """Show each rule that is broken once, in words that wrap on a phone, with the places."""
    for same in groups[:_GROUPS]:
        _show_group(same, icon=icon)
    if len(groups) > _GROUPS:
        st.caption(t("upload.more_groups", count=number(len(groups) - _GROUPS)))


def _grouped(findings: Iterable[Finding]) -> Groups:
    """Findings by what is wrong and what to do."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.rule, words.remedy(finding)), []).append(finding)
    return list(groups.values())


def _show_group(same: Sequence[Finding], *, icon: str) -> None:
    """Show the first in full; where the others read differently, their values tell how."""
    lines = [f"{icon} **{markdown(words.rule(same[0]))}**", markdown(words.remedy(same[0]))]
    if len({words.rule(finding) for finding in same}) == 1:
        lines.append(t("upload.places", places=_places(same)))
    else:
        lines.append(t("upload.places", places=_places(same[:1])))
        lines.append(t("upload.places_too", places=_places(same[1:])))
    st.markdown("  \n".join(line for line in lines if line))


def _places(findings: Sequence[Finding]) -> str:
    places = ", ".join(_place(finding) for finding in findings[:_PLACES])
    more = len(findings) - _PLACES
    return t("upload.and_more", places=places, count=number(more)) if more > 0 else places


def _place(finding: Finding) -> str:
    shown = markdown(words.place(finding))
    return f"{shown} ({markdown(finding.value[:40])})" if finding.value else shown


def _show_advices(work: Work, advices: Sequence[Finding]) -> None:
    """Show what is strange; a reason clears it, and it may stay open."""
    is_open = {finding.advice for finding in advices}
    reasons = work.answers.reasons
    about_values = [f for key, f in work.advised.items() if key in is_open or key in reasons]
    if advices:
        st.markdown(f"**{t('upload.advices_heading', count=number(len(advices)))}**")
        _show_groups(_grouped(f for f in advices if not f.advice), icon=":material/info:")
    if not about_values:
        return
    st.caption(t("upload.advices_hint"))
    written: dict[str, str] = {}
    common: dict[str, str] = {}
    with st.form(work.key("reasons")):
        for i, same in enumerate(_grouped(about_values)):
            _show_group(same, icon=":material/info:")
            _ask_reasons(work, same, f"{i}", written, common)
        is_sent = st.form_submit_button(t("upload.apply_reasons"), icon=":material/check:")
    if is_sent:
        answer(work, reasons=with_reasons(reasons, written, common))


def _ask_reasons(
    work: Work, same: Sequence[Finding], part: str, written: dict[str, str], common: dict[str, str]
) -> None:
    """Ask why values are right: each for itself, and many of one kind at once."""
    if len(same) > 1:
        reason = st.text_input(
            t("upload.reason_for_all", count=number(len(same))), key=work.key(f"reason.{part}"), max_chars=200
        )
        common.update({finding.advice: reason for finding in same})
    box = st.expander(t("upload.reason_each")) if len(same) > 1 else st.container()
    with box:
        for i, finding in enumerate(same[:_REASONS]):
            written[finding.advice] = st.text_input(
                t("upload.reason_for", place=_place(finding)),
                work.answers.reasons.get(finding.advice, ""),
                key=work.key(f"reason.{part}.{i}"),
                max_chars=200,
            )
        if len(same) > _REASONS:
            st.caption(t("upload.reason_first", shown=number(_REASONS), count=number(len(same))))


def with_reasons(
    reasons: Mapping[str, str], written: Mapping[str, str], common: Mapping[str, str]
) -> dict[str, str]:
    """Give the reasons after the operator has written; an emptied one opens its advice again.

    Parameters
    ----------
    reasons : mapping of str to str
        So far, by the key of the advice.
    written : mapping of str to str
        What stands beside single values now.
    common : mapping of str to str
        What was written for all values of a kind; it holds where a value has no reason of its own.
    """
    told = dict(reasons)
    for advice in {**common, **written}:
        own = written.get(advice, reasons.get(advice, ""))
        told[advice] = " ".join(own.split()) or " ".join(common.get(advice, "").split())
    return {advice: reason for advice, reason in told.items() if reason}
