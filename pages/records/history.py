"""Riwayat: every submission and what it changed, taking it back, and the data as they were."""

from literasi.ui import filters, history, shell

shell.header("history")
part = filters.part("history", history.PARTS)

if part == "unggahan":
    history.say_done()
    submission = history.choose_submission()
    history.show_origin(submission)
    history.show_effect(submission)
    history.show_undo(submission)
elif part == "keadaan":
    history.show_moment()
elif part == "banding":
    history.show_comparison()
else:
    history.show_snapshots()
