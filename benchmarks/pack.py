"""The closing pack of twelve slides, beside the same slides written by hand: python-pptx with pictures."""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.processes import elsewhere

EVENT = "latihan-bimtek-2026"
WARM = 5


def measure(folder: Path) -> dict[str, Any]:
    """Time each artefact and the same slides by hand, both in processes of their own."""
    return {who: elsewhere("benchmarks.pack", who, folder) for who in ("ours", "by_hand")}


def _deck(folder: Path) -> Any:
    os.environ["LITERASI_VAR_DIR"] = str(folder)
    from literasi.cli.presenting import facts
    from literasi.closing.building import build
    from literasi.settings import load
    from literasi.workspaces import PRACTICE, open_workspace

    settings = load()
    return build(facts(open_workspace(PRACTICE, settings), settings, workspace=PRACTICE), EVENT)


def _timed(make: Callable[[], bytes]) -> dict[str, float]:
    """First run, median of the next ones, processor time of one of those, and the size."""
    begun = time.perf_counter()
    size = len(make())
    cold = time.perf_counter() - begun
    warm, used = [], time.process_time()
    for _ in range(WARM):
        begun = time.perf_counter()
        make()
        warm.append(time.perf_counter() - begun)
    cpu = (time.process_time() - used) / WARM
    return {"cold_s": cold, "warm_s": sorted(warm)[WARM // 2], "cpu_s": cpu, "kb": size / 1000}


def _ours(folder: Path) -> dict[str, Any]:
    deck = _deck(folder)
    from literasi.export import handout, pack
    from literasi.export.closing_workbook import closing_workbook
    from literasi.export.document import pdf_bytes
    from literasi.export.slides import pptx_bytes

    makers: dict[str, Callable[[], bytes]] = {
        "whole pack": lambda: pack.pack_bytes(deck),
        "slides (PPTX)": lambda: pptx_bytes(deck),
        "full report (PDF)": lambda: pdf_bytes(handout.full(deck)),
        "one page (PDF)": lambda: handout.one_page(deck),
        "numbers (XLSX)": lambda: closing_workbook(deck),
        "squares (PNG)": lambda: b"".join(picture for _, picture in handout.squares(deck)),
    }
    return {"slides": len(deck.slides)} | {name: _timed(make) for name, make in makers.items()}


def _by_hand(folder: Path) -> dict[str, Any]:
    deck = _deck(folder)
    return {"slides as pictures (PPTX)": _timed(lambda: _pictures(deck))}


def _pictures(deck: Any) -> bytes:
    """Write what most scripts write: a title, and a chart as a picture that nobody can edit."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot
    from pptx import Presentation
    from pptx.util import Inches

    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(13.333), Inches(7.5)
    for slide in deck.slides:
        page = presentation.slides.add_slide(presentation.slide_layouts[5])
        page.shapes.title.text = slide.title
        lines = [f"{figure.label}: {figure.shown} ({figure.context})" for figure in slide.figures]
        box = page.shapes.add_textbox(Inches(9.5), Inches(1.8), Inches(3.5), Inches(4))
        box.text_frame.text = "\n".join([*lines, *slide.points])
        if slide.plot is None:
            continue
        figure, axes = pyplot.subplots(figsize=(8.5, 4.8))
        for series in slide.plot.series:
            values = [float("nan") if value is None else value for value in series.values]
            if slide.plot.kind == "lines":
                axes.plot(slide.plot.categories, values, marker="o", label=series.name)
            else:
                axes.barh(slide.plot.categories, values, label=series.name)
        axes.set_xlabel(slide.plot.unit)
        axes.legend()
        picture = io.BytesIO()
        figure.savefig(picture, dpi=200, bbox_inches="tight")
        pyplot.close(figure)
        page.shapes.add_picture(picture, Inches(0.5), Inches(1.6), width=Inches(8.5))
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def main() -> None:
    """Run one part: ``ours FOLDER`` or ``by_hand FOLDER``."""
    who, folder = sys.argv[1:]
    print(json.dumps({"ours": _ours, "by_hand": _by_hand}[who](Path(folder))))


if __name__ == "__main__":
    main()
