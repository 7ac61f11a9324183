"""OLE2 compound files: names of their streams, and the bytes of one of them.

Source: [MS-CFB], Compound File Binary File Format.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_LAST_SECTOR = 0xFFFFFFFA
_ENTRY = 128
_ROOT, _STREAM = 5, 2


class CompoundError(Exception):
    """The compound file is damaged."""


class Compound:
    """A compound file in memory.

    Parameters
    ----------
    data : bytes
        All of the file.

    Raises
    ------
    CompoundError
        If it is damaged.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or not data.startswith(MAGIC):
            raise CompoundError("no header")
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise CompoundError("sector size")
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        directory, self._cutoff, mini_table = struct.unpack_from("<I4xII", data, 48)
        self._table = self._sector_table()
        entries = self._chain(directory, self._table, self._sector)
        self._streams: dict[str, tuple[int, int]] = {}
        self._mini = b""
        root = (0, 0)
        for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", entries, at + 64)
            start, size = struct.unpack_from("<II", entries, at + 116)
            name = entries[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if kind == _ROOT:
                root = (start, size)
            elif kind == _STREAM:
                self._streams.setdefault(name, (start, size))
        self._mini_table = self._numbers(self._chain(mini_table, self._table, self._sector))
        if root[1]:
            self._mini = self._chain(root[0], self._table, self._sector)

    @property
    def names(self) -> frozenset[str]:
        """Names of all streams, whatever storage they are in."""
        return frozenset(self._streams)

    def stream(self, name: str) -> bytes:
        """Give the bytes of a stream."""
        start, size = self._streams[name]
        if size < self._cutoff:
            return self._chain(start, self._mini_table, self._mini_sector)[:size]
        return self._chain(start, self._table, self._sector)[:size]

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) * self._size
        return self._data[begin : begin + self._size]

    def _mini_sector(self, number: int) -> bytes:
        begin = number * self._mini_size
        return self._mini[begin : begin + self._mini_size]

    def _sector_table(self) -> list[int]:
        listed = list(struct.unpack_from("<109I", self._data, 76))
        next_list = struct.unpack_from("<I", self._data, 68)[0]
        seen: set[int] = set()
        while next_list < _LAST_SECTOR and next_list not in seen:
            seen.add(next_list)
            more = self._numbers(self._sector(next_list))
            if not more:
                break
            listed += more[:-1]
            next_list = more[-1]
        most = len(self._data) // self._size + 1
        used = [number for number in listed if number < _LAST_SECTOR]
        if len(used) > most:
            raise CompoundError("sector table")
        table: list[int] = []
        for number in used:
            table += self._numbers(self._sector(number))
        return table

    def _chain(self, start: int, table: list[int], sector: Callable[[int], bytes]) -> bytes:
        pieces: list[bytes] = []
        number = start
        while number < _LAST_SECTOR:
            if number >= len(table) or len(pieces) > len(table):
                raise CompoundError("chain")
            pieces.append(sector(number))
            number = table[number]
        return b"".join(pieces)

    @staticmethod
    def _numbers(data: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))
