"""Choices that live in the address: copying it reproduces the view.

Streamlit's own binding writes the *label* of an option into the address, which changes with the language;
here it is the option's code, so an address keeps its meaning. A value that is not an option falls back to the
default with a notice. Choices follow the user from page to page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Sequence
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from literasi.text import LANGUAGES, Language, date, t
from literasi.ui import shown
from literasi.ui.safe import markdown
from literasi.workspaces import NAMES as WORKSPACES
from literasi.workspaces import OFFICIAL

SHARED = "bagikan"
_MEMORY = "choices"
_PAGE = "choices.page"
_NOTICES = "choices.notices"


def workspace() -> str:
    """Give the workspace of this run: ``resmi`` or ``latihan``."""
    asked = st.query_params.get("ruang", _memory().get("ruang", OFFICIAL))
    return asked if asked in WORKSPACES else OFFICIAL


def language() -> Language:
    """Give the language asked for in the address, Bahasa Indonesia unless another is."""
    asked = st.query_params.get("bahasa", _memory().get("bahasa", "id"))
    return asked if asked in LANGUAGES else "id"


def is_shared() -> bool:
    """Whether what is shown is meant for people outside the office (``bagikan``)."""
    return bool(st.query_params.get(SHARED, _memory().get(SHARED, "tidak")) == "ya")


def arrive(page: str, notices: DeltaGenerator) -> None:
    """Say which page this run shows, and where notices about bad values go.

    On the run in which a user comes to a page, choices made elsewhere are carried over; on every later run
    the address alone decides, so that the browser's back button works.
    """
    st.session_state["choices.arrived"] = st.session_state.get(_PAGE) != page
    st.session_state[_PAGE] = page
    st.session_state[_NOTICES] = notices


def _memory() -> dict[str, str]:
    memory: dict[str, str] = st.session_state.setdefault(_MEMORY, {})
    return memory


def resolve(key: str, options: Container[str], default: str) -> str:
    """Give the value of a choice, from the address, else as remembered, else the default.

    A value that is not an option gives the default and a notice.
    """
    return resolve_code(key, is_valid=lambda asked: asked in options, default=default)


def resolve_code(key: str, *, is_valid: Callable[[str], bool], default: str) -> str:
    """Give a value written in a code of its own, such as weights: `resolve` by a rule in place of a list.

    Parameters
    ----------
    key : str
        Name in the address.
    is_valid : callable
        Whether a text is one that the page could have written.
    default : str
        Leaves the address clean.
    """
    memory = _memory()
    asked = st.query_params.get(key)
    if asked is not None and not is_valid(asked):
        st.session_state[_NOTICES].warning(
            t("filter.bad_value", name=markdown(key), value=markdown(asked[:60]))
        )
        asked = None
        memory.pop(key, None)
    if asked is None and st.session_state.get("choices.arrived", True):
        asked = memory.get(key)
    value = asked if asked is not None and is_valid(asked) else default
    write(key, value, default)
    return value


def write(key: str, value: str, default: str) -> None:
    """Set a choice in the address and remember it; the default leaves the address clean."""
    memory = _memory()
    if value == default:
        memory.pop(key, None)
        if key in st.query_params:
            del st.query_params[key]
    else:
        memory[key] = value
        if st.query_params.get(key) != value:
            st.query_params[key] = value


def choose(
    key: str,
    options: Sequence[str],
    *,
    label: str,
    default: str,
    show: Callable[[str], str] = str,
    widget: Literal["list", "segments"] = "list",
    help: str | None = None,
    width: int | Literal["stretch"] = "stretch",
) -> str:
    """Show one choice and give its value.

    Parameters
    ----------
    key : str
        Name in the address, a word of Bahasa Indonesia.
    options : sequence of str
        Codes; what stands in the address.
    label, default : str
    show : callable
        Code to the label the user sees.
    widget : str
        A list, or segments for few options.
    width : int
        Pixels of a list whose options are short; it leaves the others of its row their room.

    Returns
    -------
    str
        One of `options`.
    """
    value = resolve(key, options, default)
    state = f"w.{key}"
    st.session_state[state] = value

    def changed() -> None:
        write(key, st.session_state[state] or default, default)

    if widget == "segments":
        st.segmented_control(
            label, options, format_func=show, key=state, on_change=changed, required=True, help=help
        )
    else:
        st.selectbox(label, options, format_func=show, key=state, on_change=changed, help=help, width=width)
    shown.choice(label, show(value))
    return value


def day(key: str, *, label: str, first: dt.date, last: dt.date, help: str | None = None) -> dt.date:
    """Choose a day, written ``YYYY-MM-DD`` in the address; the last one is the default.

    Parameters
    ----------
    key, label : str
    first, last : date
        What may be chosen.

    Returns
    -------
    date
    """
    days = tuple((first + dt.timedelta(days=n)).isoformat() for n in range((last - first).days + 1))
    value = dt.date.fromisoformat(resolve(key, days, days[-1]))
    state = f"w.{key}"
    st.session_state[state] = value

    def changed() -> None:
        write(key, (st.session_state[state] or last).isoformat(), days[-1])

    st.date_input(
        label, key=state, on_change=changed, min_value=first, max_value=last, format="DD/MM/YYYY", help=help
    )
    shown.choice(label, date(value))
    return value


def toggle(key: str, *, label: str, default: bool = False, help: str | None = None) -> bool:
    """Show a switch and give its state; ``ya`` or ``tidak`` in the address."""
    fallback = "ya" if default else "tidak"
    value = resolve(key, ("ya", "tidak"), fallback)
    state = f"w.{key}"
    st.session_state[state] = value == "ya"

    def changed() -> None:
        write(key, "ya" if st.session_state[state] else "tidak", fallback)

    st.toggle(label, key=state, on_change=changed, help=help)
    shown.choice(label, t("term.yes") if value == "ya" else t("term.no"))
    return value == "ya"


def search(key: str, *, label: str, placeholder: str = "") -> str:
    """Show a search box and give its text, at most 80 characters."""
    value = st.query_params.get(key, "")[:80]
    state = f"w.{key}"
    st.session_state[state] = value

    def changed() -> None:
        write(key, str(st.session_state[state])[:80], "")

    st.text_input(label, key=state, on_change=changed, placeholder=placeholder, max_chars=80)
    if value:
        shown.choice(label, value)
    return value
