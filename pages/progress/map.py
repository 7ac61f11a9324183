"""Map: which regency, and how much."""

from literasi.ui import map_view, shell

shell.header("map")
choice = map_view.choose()
if choice:
    map_view.breadcrumb(choice)
    map_view.stage(choice)
