"""ZIP archives: opened only after every byte that they unfold to was counted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import IO

from literasi.intake.errors import IntakeError
from literasi.intake.reading.limits import (
    MAX_PARTS,
    MAX_RATIO,
    MAX_UNPACKED_BYTES,
    MEGABYTE,
    RATIO_MATTERS_FROM,
)

_PIECE = MEGABYTE
_DOCTYPES = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_OVERLAP = 20


class Archive:
    """A ZIP archive in memory.

    Parameters
    ----------
    file : str
        Name of the file, for messages.
    data : bytes

    Raises
    ------
    IntakeError
        If it is damaged, encrypted, or lists a part twice.
    """

    def __init__(self, file: str, data: bytes) -> None:
        self._file = file
        self._packed = len(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except Exception as error:
            raise IntakeError("damaged", file=file, what="ZIP") from error
        parts = self._zip.infolist()
        names = {part.filename.lower() for part in parts}
        if len(parts) > MAX_PARTS:
            raise IntakeError("bomb", file=file, limit=MAX_UNPACKED_BYTES // MEGABYTE)
        if any(part.flag_bits & 1 for part in parts):
            raise IntakeError("password", file=file)
        if len(names) < len(parts) or any(part.compress_type not in (0, 8) for part in parts):
            raise IntakeError("damaged", file=file, what="ZIP")

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all parts."""
        return tuple(self._zip.namelist())

    def open(self, name: str) -> IO[bytes]:
        """Open a part that `unfold` has counted before."""
        return self._zip.open(name)

    def bytes_of(self, name: str) -> bytes:
        """Give all bytes of a part that `unfold` has counted before; nothing if there is no such part."""
        try:
            return self._zip.read(name)
        except KeyError:
            return b""

    def start_of(self, name: str, size: int) -> bytes:
        """Give the first bytes of a part; nothing if there is no such part."""
        try:
            with self._zip.open(name) as part:
                return part.read(size)
        except KeyError:
            return b""
        except Exception as error:
            raise IntakeError("damaged", file=self._file, what="ZIP") from error

    def unfold(self, look: Callable[[str, Iterator[bytes]], None]) -> None:
        """Read every part once, counting what really comes out, not what the headers claim.

        Parameters
        ----------
        look : callable
            Called with the name and the pieces of each part; need not take them all.

        Raises
        ------
        IntakeError
            If the archive is damaged, is a zip bomb, or an XML part declares a document type
            (entities of which may unfold without end).
        """
        total = 0

        def pieces(name: str) -> Iterator[bytes]:
            nonlocal total
            before = b""
            is_xml = name.lower().endswith((".xml", ".rels"))
            with self._zip.open(name) as part:
                while piece := part.read(_PIECE):
                    total += len(piece)
                    if total > MAX_UNPACKED_BYTES or (
                        total > RATIO_MATTERS_FROM and total > MAX_RATIO * self._packed
                    ):
                        raise IntakeError("bomb", file=self._file, limit=MAX_UNPACKED_BYTES // MEGABYTE)
                    joined = before[-_OVERLAP:] + piece
                    if is_xml and any(doctype in joined for doctype in _DOCTYPES):
                        raise IntakeError("entities", file=self._file)
                    before = piece
                    yield piece

        for name in self.names:
            coming = pieces(name)
            try:
                look(name, coming)
                for _ in coming:
                    pass
            except IntakeError:
                raise
            except Exception as error:
                raise IntakeError("damaged", file=self._file, what="ZIP") from error
