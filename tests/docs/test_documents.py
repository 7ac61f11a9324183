"""Documents say what is there: settings, options, links, decisions, glossary, dependencies."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

PROJECT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")])
DECISIONS = sorted((PROJECT / "docs/decisions").glob("*.md"))


def read(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


def source() -> str:
    files = [
        PROJECT / "dashboard.py",
        *(PROJECT / "literasi").rglob("*.py"),
        *(PROJECT / "pages").rglob("*.py"),
    ]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def test_every_setting_is_documented_and_exists():
    read_by = read("literasi/settings.py") + read("start.py")
    used = set(re.findall(r'"(LITERASI_[A-Z_]+)"', read_by))
    documented = set(re.findall(r"^\| `(LITERASI_[A-Z_]+)`", read("docs/pasang-kantor.md"), re.MULTILINE))
    assert documented == used
    assert set(re.findall(r"LITERASI_[A-Z_]+", source())) <= documented


def test_every_option_of_start_is_in_the_readme():
    options = set(re.findall(r'"(--[a-z-]+)", (?:type|action)=', read("start.py")))
    assert options == {"--lan", "--port", "--no-browser"}
    assert {option for option in options if f"| `{option}" not in read("README.md")} == set()


def test_every_command_is_in_the_readme():
    modules = [read(str(file.relative_to(PROJECT))) for file in (PROJECT / "literasi/cli").glob("*.py")]
    commands = set(re.findall(r'add\("([a-z-]+)", "', "\n".join(modules)))
    documented = set(re.findall(r"^\| `([a-z-]+)[^|]*` \|", read("README.md"), re.MULTILINE))
    assert commands
    assert commands <= documented


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(PROJECT)))
def test_links_lead_somewhere(document: Path):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(PROJECT)))
def test_files_that_are_named_exist(document: Path):
    """A path in back-quotes below a folder of ours is there, unless it is made at run time."""
    folders = "data|docs|literasi|pages|static|tests|tools|benchmarks"
    named = re.findall(rf"`((?:{folders})/[\w./-]*)`", document.read_text(encoding="utf-8"))
    assert [name for name in named if not (PROJECT / name).exists()] == []


def test_decisions_are_numbered_on_and_complete():
    assert [path.name[:4] for path in DECISIONS] == [f"{n:04}" for n in range(1, len(DECISIONS) + 1)]
    for path in DECISIONS:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {path.name[:4]}. "), path.name
        assert re.search(r"^Date: \d{4}-\d{2}-\d{2}\. Status: ", text, re.MULTILINE), path.name


def test_every_dependency_has_its_reason():
    project = tomllib.loads(read("pyproject.toml"))["project"]
    declared = [
        *project["dependencies"],
        *(line for extra in project["optional-dependencies"].values() for line in extra),
    ]
    rows = set(re.findall(r"^\| ([\w-]+) \| \w", read("docs/decisions/0006-ketergantungan.md"), re.MULTILINE))
    assert rows - {"Package"} == {Requirement(line).name for line in declared}


def test_every_table_is_in_the_glossary():
    from literasi import contracts

    glossary = read("docs/glossary.md")
    assert {name for name in contracts.TABLES if f"`{name}`" not in glossary} == set()
