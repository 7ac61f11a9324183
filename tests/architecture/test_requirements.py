"""The pinned requirements agree with pyproject.toml, and everything imported is declared."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PYPROJECT["optional-dependencies"]


def pins(name: str) -> dict[str, str]:
    """Read name → version of a compiled requirements file."""
    found: dict[str, str] = {}
    for line in (PROJECT / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", " ")):
            match = re.fullmatch(r"([\w.-]+)==(\S+)( ; .+)?", line)
            assert match, f"{name}: not a plain pin: {line!r}"
            found[canonicalize_name(match[1])] = match[2]
    return found


@pytest.mark.parametrize(
    ("file", "declared"),
    [
        ("requirements.txt", PYPROJECT["dependencies"]),
        ("requirements-test.txt", [*PYPROJECT["dependencies"], *EXTRAS["test"], *EXTRAS["build"]]),
    ],
)
def test_every_declared_dependency_is_pinned_inside_its_range(file: str, declared: list[str]):
    pinned = pins(file)
    for requirement in map(Requirement, declared):
        version = pinned.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is missing in {file}"
        assert requirement.specifier.contains(version), f"{requirement} is pinned to {version} in {file}"


def test_tests_run_on_the_pins_that_users_get():
    test_pins = pins("requirements-test.txt")
    assert {name: test_pins.get(name) for name in pins("requirements.txt")} == pins("requirements.txt")


def imported(*folders: str) -> dict[str, str]:
    """Top-level names imported anywhere, each with one file that does."""
    found: dict[str, str] = {}
    for folder in folders:
        root = PROJECT / folder
        for file in [root] if root.is_file() else sorted(root.rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                    names = [node.module]
                else:
                    continue
                found |= {name.partition(".")[0]: str(file.relative_to(PROJECT)) for name in names}
    return found


def undeclared(names: dict[str, str], declared: list[str]) -> dict[str, str]:
    """Keep the third-party names that no declared distribution provides."""
    allowed = {canonicalize_name(Requirement(line).name) for line in declared}
    providers = packages_distributions()
    ours = {"literasi", "benchmarks", "tools", "tests", "__future__"} | sys.stdlib_module_names
    return {
        name: file
        for name, file in names.items()
        if name not in ours and not allowed & {canonicalize_name(dist) for dist in providers.get(name, [])}
    }


def test_the_product_imports_only_what_it_declares():
    assert undeclared(imported("literasi", "pages", "dashboard.py"), PYPROJECT["dependencies"]) == {}


def test_tests_and_tools_import_only_what_is_declared():
    declared = [*PYPROJECT["dependencies"], *EXTRAS["test"], *EXTRAS["build"]]
    assert undeclared(imported("tests", "tools", "benchmarks"), declared) == {}


def test_start_needs_the_standard_library_only_and_stays_short():
    assert set(imported("start.py")) <= sys.stdlib_module_names
    assert len((PROJECT / "start.py").read_text(encoding="utf-8").splitlines()) < 120


def test_no_module_of_ours_hides_a_library():
    """`streamlit run literasi/asgi.py` puts literasi/ itself on sys.path."""
    modules = {path.stem for path in (PROJECT / "literasi").glob("[a-z]*")}
    assert modules & (set(packages_distributions()) | sys.stdlib_module_names) == set()
