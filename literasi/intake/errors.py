"""A file that cannot be read at all. What is wrong inside a readable file is a finding, not an error."""

from __future__ import annotations

from literasi.errors import LiterasiError


class IntakeError(LiterasiError):
    """The file cannot be taken in: texts under ``intake.error.<name>``, with what to do.

    Parameters
    ----------
    name : str
        Last part of the key.
    file : str
        Name of the file, without folder.
    **params
        Values for the other placeholders of the text.
    """

    def __init__(self, name: str, *, file: str, **params: object) -> None:
        super().__init__(f"intake.error.{name}", file=file, **params)
