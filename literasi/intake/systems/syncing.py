"""From the address of a library system to what it would change in the store."""

from __future__ import annotations

from collections.abc import Callable, Collection

import pandas as pd

from literasi.domain.periods import Period
from literasi.intake.systems import INLISLITE, SLIMS, TABLES, database, inlislite, series, slims
from literasi.intake.systems.database import Address, grants
from literasi.intake.systems.errors import SystemReadError
from literasi.intake.systems.proposed import STORED, Proposed, propose
from literasi.intake.systems.series import Reading, Span
from literasi.text import t

NEEDED: dict[str, database.Needed] = {SLIMS: slims.NEEDED, INLISLITE: inlislite.NEEDED}
_READ: dict[str, Callable[..., Reading]] = {SLIMS: slims.read, INLISLITE: inlislite.read}


def read(
    system: str,
    address: Address,
    password: str,
    *,
    library_id: str,
    span: Span,
    tables: Collection[str] = TABLES,
) -> Reading:
    """Read a library system.

    Parameters
    ----------
    system : str
        One of `SYSTEMS`.
    address : Address
    password : str
        Of the account; kept nowhere.
    library_id : str
        Whose system it is.
    span : Span
        Which months, from `series.span`.
    tables : collection of str
        Of ``visits`` and ``circulation``; both unless said otherwise.

    Returns
    -------
    Reading
        With an advice if the account may do more than read, and one if the running month was asked for.

    Raises
    ------
    SystemReadError
        If it cannot be read or does not agree with itself; the text says what to do.
    """
    with database.reading(address, password) as connection:
        excess = database.may_write(connection)
        reading = _READ[system](connection, library_id=library_id, span=span, tables=frozenset(tables))
    advices = list(reading.findings)
    if span.left_out:
        advices.insert(0, series.advise("running_month", name(system), month=span.left_out))
    if excess:
        advices.append(series.advise("account_may_write", address.user, privileges=", ".join(excess)))
    return Reading(system, library_id, span, reading.frames, tuple(advices))


def name(system: str) -> str:
    """Give the name of a system as people write it."""
    return t(f"systems.name.{system}")


def month(written: str) -> Period:
    """Read a month such as ``2024-01``.

    Raises
    ------
    SystemReadError
        ``systems.error.month``
    """
    try:
        period = Period.parse(written.strip())
    except ValueError as error:
        raise SystemReadError("systems.error.month", value=written[:20]) from error
    if not period.month:
        raise SystemReadError("systems.error.month", value=written[:20])
    return period


def require_library(library_id: str | None, libraries: pd.DataFrame) -> str:
    """Give the id of a library that is in the register.

    Raises
    ------
    SystemReadError
        ``systems.error.library``
    """
    if library_id is None or library_id not in set(libraries["library_id"]):
        raise SystemReadError("systems.error.library", library=library_id or "–")
    return library_id


def note(reading: Reading) -> str:
    """Say what was read, to be kept with the submission."""
    return t(
        "systems.note.submission",
        system=name(reading.system),
        library=reading.library_id,
        first=reading.span.first,
        last=reading.span.last,
    )


__all__ = [
    "NEEDED",
    "STORED",
    "Address",
    "Proposed",
    "Reading",
    "SystemReadError",
    "grants",
    "month",
    "name",
    "note",
    "propose",
    "read",
    "require_library",
]
