"""Riwayat: every submission, where it came from and what it changed."""

from literasi.ui import history, shell

shell.header("history")
submission = history.choose_submission()
history.show_effect(submission)
