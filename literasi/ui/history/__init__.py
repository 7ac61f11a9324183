"""The history page: what came in, what it changed, taking it back, and data as they were."""

from literasi.ui.history.comparing import show_comparison
from literasi.ui.history.listing import choose_submission, show_effect, show_origin
from literasi.ui.history.moment import show_moment
from literasi.ui.history.snapshots import show_snapshots
from literasi.ui.history.undoing import say_done, show_undo

PARTS = ("unggahan", "keadaan", "banding", "potret")
"""Submissions; data as of a day; two moments compared; snapshots (``bagian``)."""

__all__ = [
    "PARTS",
    "choose_submission",
    "say_done",
    "show_comparison",
    "show_effect",
    "show_moment",
    "show_origin",
    "show_snapshots",
    "show_undo",
]
