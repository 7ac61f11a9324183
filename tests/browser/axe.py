"""axe-core: the rules of accessibility, run in the page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.browser.visitor import Visitor

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
RUN = """async () => {
    const found = await axe.run(document, {resultTypes: ['violations'],
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
    return found.violations.filter(v => ['serious', 'critical'].includes(v.impact)).flatMap(v =>
        v.nodes.map(n => ({rule: v.id, target: n.target.flat().join(' '), html: n.html.slice(0, 300),
                           why: n.failureSummary,
                           within: [...document.querySelectorAll('[data-testid]')].filter(e =>
                               e.contains(document.querySelector(n.target[0]))).map(e => e.dataset.testid)})))
}"""
TALL = {"width": 1280, "height": 5000}  # what is scrolled out of sight is not checked


@dataclass(frozen=True)
class Allowed:
    """A finding inside Streamlit's own elements, which we cannot change."""

    rule: str
    within: str  # data-testid of the element of Streamlit around it
    reason: str

    def covers(self, finding: dict[str, Any]) -> bool:
        return finding["rule"] == self.rule and self.within in finding["within"]


ALLOWED = (
    Allowed("list", "stSidebarNav", "st.navigation puts a div for each section between its ul and li"),
    Allowed("listitem", "stSidebarNav", "the same li elements, seen from the other side"),
)


def run_axe(visitor: Visitor) -> list[dict[str, Any]]:
    """Give the serious and critical findings on the page as it stands."""
    visitor.page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = visitor.page.evaluate(RUN)
    return found


def ours(findings: list[dict[str, Any]]) -> list[str]:
    """Leave out what is allowed and write the rest."""
    return [
        f"{f['rule']}: {f['target']}\n  {f['html']}\n  {f['why']}"
        for f in findings
        if not any(allowed.covers(f) for allowed in ALLOWED)
    ]
