"""What every figure has, or has not."""

from __future__ import annotations

import plotly.io as pio
import pytest

from literasi.figures import base_figure


@pytest.mark.parametrize("default", ["plotly", "none"])
def test_no_template_travels_with_a_figure(default: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pio.templates, "default", default)

    assert "template" not in base_figure().to_plotly_json()["layout"]
