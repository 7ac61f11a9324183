"""Unggah: from the office's own files and systems to checked data that can be undone."""

from literasi.ui import filters, shell, shown, systems, upload

shell.header("upload")
shown.without_tables()
if upload.is_possible():
    part = filters.part("upload", upload.PARTS)
    if part == "sistem":
        systems.show()
    elif part == "latihan":
        upload.show_practice_files()
    elif (work := upload.choose_file()) is not None:
        upload.show_state(work)
        upload.show_sheets(work)
        upload.show_findings(work)
        upload.show_questions(work)
        upload.show_preview(work)
        upload.show_commit(work)
