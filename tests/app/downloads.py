"""What a page itself offers, beside the files of the whole page that stand below every page."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest


def downloads(app: AppTest) -> list[Any]:
    """Give the download buttons of a page's own."""
    return [button for button in app.get("download_button") if not button.key.startswith("halaman.")]
