"""Library systems that are read by their own databases: SLiMS and INLISLite.

`database` opens one so that nothing in it can change; `slims` and `inlislite` count on the library's server;
`agreement` refuses what does not agree; `series` makes rows of the contracts; `proposed` compares them with
what is stored. Nothing here writes to either database.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from literasi.intake.systems import database, inlislite, series, slims
from literasi.intake.systems.database import Address
from literasi.intake.systems.proposed import STORED, Proposed, propose
from literasi.intake.systems.series import Reading

NEEDED: dict[str, database.Needed] = {
    slims.SYSTEM: slims.NEEDED,
    inlislite.SYSTEM: inlislite.NEEDED,
}
_READ: dict[str, Callable[..., Reading]] = {
    slims.SYSTEM: slims.read,
    inlislite.SYSTEM: inlislite.read,
}
SYSTEMS = tuple(NEEDED)


def read(
    system: str,
    address: Address,
    password: str,
    *,
    library_id: str,
    span: series.Span,
    tables: Collection[str] = series.TABLES,
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
        advices.insert(0, series.advise("running_month", system, month=span.left_out))
    if excess:
        advices.append(series.advise("account_may_write", address.user, privileges=", ".join(excess)))
    return Reading(system, library_id, span, reading.frames, tuple(advices))


__all__ = ["NEEDED", "STORED", "SYSTEMS", "Address", "Proposed", "Reading", "propose", "read"]
