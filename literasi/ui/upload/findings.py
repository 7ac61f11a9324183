"""What was found in a file: faults to mend in it, and advices to answer or to leave open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

_GROUPS, _PLACES = 12, 8


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
        _show_groups(faults, icon=":material/error:")
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


def _show_groups(findings: Sequence[Finding], *, icon: str) -> None:
    """Show each rule that is broken once, in words that wrap on a phone, with the places."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.rule, words.remedy(finding)), []).append(finding)
    for (_, remedy), same in list(groups.items())[:_GROUPS]:
        # The first in full; where the others read differently, their values tell how.
        is_one_text = len({words.rule(finding) for finding in same}) == 1
        lines = [f"{icon} **{markdown(words.rule(same[0]))}**", markdown(remedy)]
        if is_one_text:
            lines.append(t("upload.places", places=_places(same)))
        else:
            lines.append(t("upload.places", places=_places(same[:1])))
            lines.append(t("upload.places_too", places=_places(same[1:])))
        st.markdown("  \n".join(line for line in lines if line))
    if len(groups) > _GROUPS:
        st.caption(t("upload.more_groups", count=number(len(groups) - _GROUPS)))


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
        _show_groups(advices, icon=":material/info:")
    if not about_values:
        return
    st.caption(t("upload.advices_hint"))
    reason = t("upload.column.reason")
    left_out = [t(f"upload.column.{name}") for name in ("weight", "heading", "remedy")]
    table = findings_table(about_values).drop(columns=left_out)
    table.insert(0, reason, [reasons.get(finding.advice, "") for finding in about_values])
    with st.form(work.key("reasons"), border=False):
        edited = st.data_editor(
            table,
            key=work.key("advices"),
            hide_index=True,
            width="stretch",
            disabled=[name for name in table.columns if name != reason],
            column_config={reason: st.column_config.TextColumn(max_chars=200, width="medium")},
        )
        is_sent = st.form_submit_button(t("upload.apply_reasons"), icon=":material/check:")
    if is_sent:
        keys = [finding.advice for finding in about_values]
        answer(work, reasons=with_reasons(reasons, keys, edited[reason].tolist()))


def with_reasons(
    reasons: Mapping[str, str], advices: Sequence[str], written: Sequence[object]
) -> dict[str, str]:
    """Give the reasons after the operator has written; an emptied one opens its advice again.

    Parameters
    ----------
    reasons : mapping of str to str
        So far, by the key of the advice.
    advices : sequence of str
        Keys of those shown.
    written : sequence
        What stands beside each of them now; missing or blank for no reason.
    """
    told = {
        key: " ".join(str(text).split())
        for key, text in zip(advices, written, strict=True)
        if text is not None and str(text).strip()
    }
    return {key: reason for key, reason in reasons.items() if key not in advices} | told
