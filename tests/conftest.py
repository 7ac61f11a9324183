"""What all tests share: a run-time folder of their own, and no silent skip in CI."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

# Set before anything of ours is imported: no test may touch the databases of a real install.
os.environ["LITERASI_VAR_DIR"] = tempfile.mkdtemp(prefix="literasi-test-")
for name in ("LITERASI_DATABASE_URL", "LITERASI_PRACTICE_URL", "LITERASI_DATA_DIR", "LITERASI_READ_ONLY"):
    os.environ.pop(name, None)

# Spark otherwise looks up this machine's own name, which a bare machine may not know.
os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")

# Speed is measured in benchmarks/, never by a test: on a busy machine a deadline fails by chance.
settings.register_profile("project", deadline=None)
settings.load_profile("project")


def _skip_is_failure(report: Any) -> None:
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"A test may not skip in CI: {report.longrepr}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _skip_is_failure(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _skip_is_failure(report)
    return report


@pytest.fixture(scope="session")
def root() -> Path:
    """Folder of the repository."""
    return ROOT
