"""What only the operator can say: nothing is chosen beforehand that would be a guess."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from literasi.intake import wording as words
from literasi.intake.findings import NEW, Place, Question
from literasi.intake.sheets import cell_name
from literasi.text import number, t
from literasi.ui.safe import markdown
from literasi.ui.tables import show_table
from literasi.ui.upload.work import Work, answer

_AT_ONCE = 20  # a page that asks more at once is not read
_PLACES = 6


def show_questions(work: Work) -> None:
    """Ask the open questions, by kind; show what was answered, and let it be taken back."""
    if work.committed is not None:
        return
    questions = work.proposal.questions
    answered = {
        key: code
        for key, code in work.answers.questions.items()
        if key in work.asked and key not in {question.id for question in questions}
    }
    st.subheader(t("upload.step_questions"), anchor=False)
    if questions:
        st.caption(t("upload.questions_hint"))
        _ask(work, questions)
    else:
        st.markdown(t("upload.all_answered" if answered else "upload.no_questions"))
    if answered:
        _show_answered(work, answered)


def _ask(work: Work, questions: tuple[Question, ...]) -> None:
    shown = questions[:_AT_ONCE]
    kind = ""
    with st.form(work.key("questions")):
        chosen: dict[str, str] = {}
        for i, question in enumerate(shown):
            if question.kind != kind:
                kind = question.kind
                st.markdown(f"#### {t(f'upload.question_kind.{kind}')}")
                if kind == "event":
                    st.caption(t("upload.event_hint"))
            code = _ask_one(question, work.key(f"question.{i}"))
            if code is not None:
                chosen[question.id] = code
        if len(questions) > len(shown):
            st.caption(t("upload.questions_later", count=number(len(questions) - len(shown))))
        is_sent = st.form_submit_button(t("upload.apply_questions"), icon=":material/check:")
    if is_sent and chosen:
        answer(work, questions={**work.answers.questions, **chosen})
    new = {q.id: NEW for q in questions if q.kind == "library" and any(o.code == NEW for o in q.options)}
    if len(new) > 1 and st.button(
        t("upload.all_new", count=number(len(new))), key=work.key("all_new"), icon=":material/add:"
    ):
        answer(work, questions={**work.answers.questions, **new})


def _ask_one(question: Question, key: str) -> str | None:
    st.markdown(f"**{markdown(words.question(question))}**")
    st.caption(_where(question))
    if question.beside:
        _show_beside(question, key)
    labels = {option.code: option.label for option in question.options}
    return st.selectbox(
        t("upload.answer", written=markdown(question.written[:80])),
        list(labels),
        index=None,
        format_func=lambda code: labels[code],
        placeholder=t("upload.choose"),
        key=key,
        label_visibility="collapsed",
    )


def _where(question: Question) -> str:
    places = ", ".join(markdown(_place(place)) for place in question.places[:_PLACES])
    return t("upload.question_places", count=number(question.count), places=places or "–")


def _place(place: Place) -> str:
    if not place.row:
        return place.sheet
    cell = cell_name(place.row, place.column) if place.column else str(place.row)
    return f"{place.sheet}!{cell}"


def _show_beside(question: Question, key: str) -> None:
    """Show rows that may be the same side by side: one column for each, one line for each heading."""
    headings = list(dict.fromkeys(heading for row in question.beside for heading in row))
    table = {t("upload.column.heading"): headings}
    for i, row in enumerate(question.beside, start=1):
        table[t("upload.beside", number=i)] = [row.get(heading, "") for heading in headings]
    show_table(pd.DataFrame(table), key=f"{key}.beside", alt=t("upload.beside_alt"))


def _show_answered(work: Work, answered: dict[str, str]) -> None:
    with st.expander(t("upload.answered", count=number(len(answered))), icon=":material/done_all:"):
        for i, (key, code) in enumerate(answered.items()):
            question = work.asked[key]
            label = next((o.label for o in question.options if o.code == code), code)
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(
                    t(
                        "upload.answered_line",
                        question=markdown(words.question(question)),
                        answer=markdown(label),
                    )
                )
                if st.button(t("upload.take_back"), key=work.key(f"back.{i}"), type="tertiary"):
                    left = {k: v for k, v in work.answers.questions.items() if k != key}
                    answer(work, questions=left)
