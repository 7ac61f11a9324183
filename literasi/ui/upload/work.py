"""What an operator does with each open file: kept for the session and workspace, never in the address."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from literasi.intake.findings import Answers, Finding, Question
from literasi.intake.proposal import Proposal
from literasi.intake.sheets import File
from literasi.text import language, t
from literasi.ui import cached, url
from literasi.ui.cached import Preview
from literasi.ui.safe import markdown
from literasi.ui.upload.mended import is_mended

_WORKS = "upload.works"


@dataclass(slots=True)
class Work:
    """One file on its way.

    Attributes
    ----------
    file : File
    proposal : Proposal
        Of the answers so far.
    round : int
        Number of the examination: a part of widgets' keys, so that none keeps what is outdated.
    earlier : int, optional
        The submission that brought this same file.
    is_continued : bool
        Whether answers were taken over from an earlier state of the file.
    preview : Preview, optional
        Of this proposal, once it is ready.
    has_moved : bool
        Whether another operator changed the same rows after the last preview was made.
    committed : int, optional
        The submission that it became.
    asked : dict of str to Question
        Every question seen, so that an answer can be taken back.
    advised : dict of str to Finding
        Every advice about a value seen, so that its reason can be changed.
    """

    file: File
    proposal: Proposal
    round: int = 0
    earlier: int | None = None
    is_continued: bool = False
    preview: Preview | None = None
    has_moved: bool = False
    committed: int | None = None
    asked: dict[str, Question] = field(default_factory=dict)
    advised: dict[str, Finding] = field(default_factory=dict)

    @property
    def answers(self) -> Answers:
        """What the operator has said so far."""
        return self.proposal.answers

    def key(self, name: str) -> str:
        """Give the key of a widget about this state of this file.

        The language is a part of it: the browser sends the label of an option, not its code.
        """
        return f"upload.{url.workspace()}.{language()}.{self.file.sha256[:12]}.{self.round}.{name}"


def works() -> dict[str, Work]:
    """Give the open files of this session in this workspace by the sha256 of each, the newest last."""
    everywhere: dict[str, dict[str, Work]] = st.session_state.setdefault(_WORKS, {})
    return everywhere.setdefault(url.workspace(), {})


def start(name: str, data: bytes) -> Work:
    """Read and examine a file, and keep it as the newest open one.

    A file that is already open is left as it is. One that is an open file with its faults mended takes its
    place, with its answers (`mended.is_mended`).

    Raises
    ------
    IntakeError
        If it cannot be read.
    """
    desk = cached.desk()
    with _progress(name) as progress:
        file = desk.open(name, data)
        if file.sha256 in works():
            work = works().pop(file.sha256)
        else:
            proposal = desk.examine(file, progress=progress)
            work = Work(file, proposal, earlier=desk.earlier(file))
            if (before := _mended(proposal)) is not None:
                _continue(work, before, progress)
    _remember(work)
    works()[file.sha256] = work
    return work


def answer(work: Work, **changes: Mapping[Any, str] | frozenset[str]) -> None:
    """Take answers over, examine the file again, and show the page anew.

    Parameters
    ----------
    work : Work
    **changes
        Fields of `Answers`, whole.
    """
    _examine(work, replace(work.answers, **changes))  # type: ignore[arg-type]
    st.rerun()


def refresh(work: Work) -> None:
    """Examine the file again with the same answers: what is current has changed meanwhile."""
    _examine(work, work.answers)


def close(work: Work) -> None:
    """Forget an open file; nothing of it was written."""
    works().pop(work.file.sha256, None)


def _examine(work: Work, answers: Answers) -> None:
    with _progress(work.file.name) as progress:
        proposal = cached.desk().examine(work.file, answers, progress=progress)
    work.proposal, work.preview = proposal, None
    work.round += 1
    _remember(work)


def _remember(work: Work) -> None:
    work.asked.update({question.id: question for question in work.proposal.questions})
    work.advised.update({finding.advice: finding for finding in work.proposal.findings if finding.advice})


def _mended(proposal: Proposal) -> Work | None:
    """The open file that this one takes the place of, if there is one."""
    for work in reversed(works().values()):
        if work.committed is None and is_mended(proposal, work.proposal):
            return work
    return None


def _continue(work: Work, before: Work, progress: Callable[[float], None]) -> None:
    if before.answers != Answers():
        work.proposal = cached.desk().examine(work.file, before.answers, progress=progress)
        work.asked, work.advised = dict(before.asked), dict(before.advised)
        work.is_continued = True
    close(before)


@contextmanager
def _progress(name: str) -> Iterator[Callable[[float], None]]:
    """Show how far the reading of a file is."""
    text = t("upload.reading", file=markdown(name))
    bar = st.progress(0.0, text)
    try:
        yield lambda share: (bar.progress(min(max(share, 0.0), 1.0), text), None)[1]
    finally:
        bar.empty()
