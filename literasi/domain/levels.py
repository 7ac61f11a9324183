"""Levels of area codes: the prefix of a code is its ancestor, so a roll-up is a shorter code."""

from __future__ import annotations

from typing import Any, Literal

import narwhals as nw

Lazy = nw.LazyFrame[Any]
Level = Literal["nation", "province", "regency", "district", "village"]
NATION = "00"
CODE_LENGTH: dict[str, int] = {"nation": 2, "province": 2, "regency": 5, "district": 8, "village": 13}


def is_level(column: str, level: Level) -> nw.Expr:
    """Whether the code in `column` names an area of exactly that level."""
    code = nw.col(column)
    same_length = code.str.len_chars() == CODE_LENGTH[level]
    return same_length & ((code == NATION) if level == "nation" else (code != NATION))


def is_within(column: str, level: Level) -> nw.Expr:
    """Whether the code in `column` lies in some area of that level.

    A library known only to its regency lies in no district; the nation lies in no province.
    """
    code = nw.col(column)
    return (code.str.len_chars() >= CODE_LENGTH[level]) & (code != NATION)


def ancestor(column: str, level: Level) -> nw.Expr:
    """Code of the area of that level in which the code in `column` lies; see `is_within`."""
    return nw.col(column).str.slice(0, CODE_LENGTH[level])
