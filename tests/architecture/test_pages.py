"""Page scripts: where they stand, what they import, and that their words are in the text catalogue."""

import ast
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
PAGES = sorted((PROJECT / "pages").rglob("*.py"))
SCRIPTS = [PROJECT / "dashboard.py", *PAGES]
SCREENS = [*SCRIPTS, *sorted((PROJECT / "literasi/ui").rglob("*.py"))]

# design.md section 3. `figures` and `workspaces` are the values that charts and the frame are made of.
ALLOWED = {"ui", "charts", "maps", "export", "domain", "text", "errors", "figures", "workspaces"}
ICON = re.compile(r":material/\w+:")
SHOWN_ARGUMENTS = {
    "label", "body", "help", "title", "placeholder", "caption", "alt", "text", "message", "icon_label",
}  # fmt: skip
NOT_SHOWN = {
    "set_page_config", "navigation", "Page", "cache_data", "cache_resource", "fragment", "columns",
    "container", "grid", "space", "rerun", "stop", "switch_page", "html", "get", "pop", "setdefault",
    "component", "form",
}  # fmt: skip


def name_of(path: Path) -> str:
    return str(path.relative_to(PROJECT))


def ours(tree: ast.AST) -> set[str]:
    """Second-level names of `literasi` (or `pages`) that a script imports."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "literasi":
            modules = [f"literasi.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules = [node.module]
        else:
            continue
        for module in modules:
            top, _, rest = module.partition(".")
            if top == "literasi":
                found.add(rest.partition(".")[0])
            elif top in {"pages", "dashboard"}:
                found.add(top)
    return found


def literals_shown(tree: ast.AST) -> list[str]:
    """Constant text handed to `st.something(...)` as what a reader sees."""
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        base = node.func.value
        while isinstance(base, ast.Attribute):
            base = base.value
        if not (isinstance(base, ast.Name) and base.id == "st") or node.func.attr in NOT_SHOWN:
            continue
        shown = [*node.args[:1], *(k.value for k in node.keywords if k.arg in SHOWN_ARGUMENTS)]
        for value in shown:
            parts = value.values if isinstance(value, ast.JoinedStr) else [value]
            for part in parts:
                text = part.value if isinstance(part, ast.Constant) else None
                if isinstance(text, str) and any(map(str.isalpha, ICON.sub("", text))):
                    found.append(f"line {node.lineno}: st.{node.func.attr}({text!r})")
    return found


def test_the_checks_see_what_they_should():
    tree = ast.parse(
        "from literasi import store, text\nfrom literasi.contracts import x\nimport pages.a\n"
        "st.header('Kunjungan')\nst.metric(label=f'{n} orang', value=t('a.b'))\nst.write(t('a.b'))\n"
    )
    assert ours(tree) == {"store", "text", "contracts", "pages"}
    assert [hit.partition(": ")[2] for hit in literals_shown(tree)] == [
        "st.header('Kunjungan')",
        "st.metric(' orang')",
    ]


def test_pages_stand_in_section_folders():
    """Directly in pages/ a script would be served without dashboard.py, past any gate (style.md)."""
    assert PAGES, "no pages found"
    sections = {"progress", "programme", "planning", "presentation", "records"}
    assert {name_of(page) for page in PAGES if page.parent.parent != PROJECT / "pages"} == set()
    assert {page.parent.name for page in PAGES} <= sections


@pytest.mark.parametrize("script", SCRIPTS, ids=name_of)
def test_scripts_import_only_what_they_may(script: Path):
    assert ours(ast.parse(script.read_text(encoding="utf-8"))) <= ALLOWED


def test_dashboard_is_short():
    assert len((PROJECT / "dashboard.py").read_text(encoding="utf-8").splitlines()) <= 40


@pytest.mark.parametrize("script", SCREENS, ids=name_of)
def test_words_on_screen_come_from_the_text_catalogue(script: Path):
    assert literals_shown(ast.parse(script.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("script", SCREENS, ids=name_of)
def test_no_html_is_made_of_text(script: Path):
    """User and file text is never rendered as HTML."""
    assert "unsafe_allow_html" not in script.read_text(encoding="utf-8")


@pytest.mark.parametrize("script", SCREENS, ids=name_of)
def test_nothing_writes_white_on_the_primary_colour(script: Path):
    """Streamlit's primary buttons and multiselect tags do, and are not legible in the dark mode of ours."""
    tree = ast.parse(script.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = {call.func.attr for call in calls if isinstance(call.func, ast.Attribute)}
    values = {k.value.value for call in calls for k in call.keywords if isinstance(k.value, ast.Constant)}
    assert "multiselect" not in names
    assert "primary" not in values
