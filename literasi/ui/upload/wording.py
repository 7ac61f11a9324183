"""Names of forms, fields and errors as a user reads them."""

from __future__ import annotations

from literasi.errors import LiterasiError
from literasi.intake.forms import Form, label
from literasi.text import t
from literasi.ui.safe import markdown


def form(name: str) -> str:
    """Name a form; "" is that a sheet is left out."""
    return t(f"intake.form.{name}") if name else t("upload.no_form")


def field(of: Form, name: str) -> str:
    """Name a field of a form; "" is that a column is left out."""
    return label(of, of.field(name)) if name in of.names else name or t("upload.no_field")


def error(fault: LiterasiError) -> str:
    """Write an error for Markdown; what it takes from a file stays text."""
    return t(fault.key, **{name: markdown(value) for name, value in fault.params.items()})


def scope(of: Form) -> str:
    """Name what a sheet may be the whole of: "nama perpustakaan dan bulan"."""
    return t("upload.and").join(_scope(of, part) for part in of.scope)


def _scope(of: Form, part: str) -> str:
    """Name a field, or the months or years of a date (``date:month``)."""
    column, _, span = part.partition(":")
    if span:
        return t(f"upload.span.{span}")
    return next((label(of, one) for one in reversed(of.fields) if one.column == column), column).lower()
