"""Library systems that are read by their own databases: SLiMS and INLISLite.

`database` opens one so that nothing in it can change; `slims` and `inlislite` count on the library's server;
`agreement` refuses what does not agree; `series` makes rows of the contracts; `proposed` compares them with
what is stored; `syncing` is the way from an address to a proposal. Nothing here writes to either database.
"""

SLIMS, INLISLITE = "slims", "inlislite"
SYSTEMS = (SLIMS, INLISLITE)
TABLES = ("visits", "circulation")
"""What can be read of a system."""

DEFAULT_PORT = 3306
"""Of MariaDB and MySQL."""
