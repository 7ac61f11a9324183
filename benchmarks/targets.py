"""What is measured: our pages and the floors beside them."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.processes import FLOORS, OURS


@dataclass(frozen=True)
class Target:
    """A page of a server, and the choice on it that is changed."""

    name: str
    server: str
    page: str = ""
    query: str = ""
    widget: str | None = None

    @property
    def path(self) -> str:
        """Give its address below the server's."""
        return f"/{self.page}{'?' if self.query else ''}{self.query}"


def ours(page: str, widget: str | None = "wilayah") -> Target:
    """Give a page of ours in the practice workspace, the one with rows."""
    return Target(f"/{page}", OURS, page, "ruang=latihan", widget)


FLOOR = {name: Target(f"floor:{name}", name) for name in FLOORS}
PAGES = (
    ours(""),
    ours("peta"),
    ours("indeks"),
    ours("peserta"),
    ours("perpustakaan"),
    ours("kegiatan"),
    ours("minat-baca"),
    ours("riwayat", None),
    ours("definisi", "indikator"),
)
FEW = tuple(page for page in PAGES if page.page in ("", "peta", "kegiatan"))
