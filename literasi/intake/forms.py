"""Forms: what an office fills in for each table, made from the contracts so that they cannot drift.

A form has a field for each column of its table that an office can know. Where a column holds an id
(library, event, area, person, source), the form asks for what people write instead: names.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a form.

    Attributes
    ----------
    name : str
        Label under ``intake.field.<name>``, else ``column.<name>``.
    kind : str
        A kind of the contracts, or what is looked up: ``regency``, ``district`` and ``village`` (names or
        codes), ``library`` (name), ``event`` (id or name), ``person`` (a name, of which only a keyed
        pseudonym is kept), ``age`` (years or a band), ``indicator`` (id or label).
    column : str
        Column of the table that it fills; "" where several fields together fill one.
    required : bool
    choices : tuple of str
        Codes; an office writes their labels.
    example : tuple of str
        Values of the two example rows of the template.
    """

    name: str
    kind: str
    column: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    example: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Form:
    """One sheet that an office fills.

    Attributes
    ----------
    name : str
        Title under ``intake.form.<name>``.
    table : str
        Name in `literasi.contracts.TABLES`.
    fields : tuple of Field
    scope : tuple of str
        Columns of the table that say what a sheet is about; see `Answers.replaces`.
    """

    name: str
    table: str
    fields: tuple[Field, ...]
    scope: tuple[str, ...] = ()
