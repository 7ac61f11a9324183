"""Names of forms, fields and errors as a user reads them."""

from __future__ import annotations

from literasi.errors import LiterasiError
from literasi.intake.forms import FORMS, Form
from literasi.text import has, t
from literasi.ui.safe import markdown


def form(name: str) -> str:
    """Name a form; "" is that a sheet is left out."""
    return t(f"intake.form.{name}") if name else t("upload.no_form")


def field(name: str) -> str:
    """Name a field of a form; "" is that a column is left out."""
    if not name:
        return t("upload.no_field")
    own = f"intake.field.{name}"
    return t(own) if has(own) else t(f"column.{name}") if has(f"column.{name}") else name


def form_of(name: str) -> Form | None:
    """Give the form of that name, None for a sheet that is left out."""
    return FORMS.get(name)


def error(fault: LiterasiError) -> str:
    """Write an error for Markdown; what it takes from a file stays text."""
    return t(fault.key, **{name: markdown(value) for name, value in fault.params.items()})


def scope(form: Form, part: str) -> str:
    """Name what a sheet may be the whole of: a field, or the months or years of a date (``date:month``)."""
    column, _, span = part.partition(":")
    name = next((one.name for one in reversed(form.fields) if one.column == column), column)
    return t(f"upload.span.{span}") if span else field(name)
