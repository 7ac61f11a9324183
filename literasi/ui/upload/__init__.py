"""The upload page: from an office's file to a submission, one module for each step."""

from literasi.ui.upload.choosing import PARTS, choose_file, is_possible, show_templates
from literasi.ui.upload.commit import show_commit, show_preview
from literasi.ui.upload.findings import show_findings
from literasi.ui.upload.practice import show_practice_files
from literasi.ui.upload.questions import show_questions
from literasi.ui.upload.sheets import show_sheets
from literasi.ui.upload.state import show_state

__all__ = [
    "PARTS",
    "choose_file",
    "is_possible",
    "show_commit",
    "show_findings",
    "show_practice_files",
    "show_preview",
    "show_questions",
    "show_sheets",
    "show_state",
    "show_templates",
]
