"""Where things are and how this install is run; each value can be set by an environment variable."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one install.

    Attributes
    ----------
    data_dir : Path
        What is shipped (``data/``). Another province is another folder.
    var_dir : Path
        What is made at run time: databases, backups (``LITERASI_VAR_DIR``).
    database_url : str
        SQLAlchemy address of the official workspace (``LITERASI_DATABASE_URL``);
        SQLite below ``var_dir`` unless set.
    practice_url : str
        The same for the practice workspace (``LITERASI_PRACTICE_URL``).
    read_only : bool
        Showing to a hall or an office network: nothing can be changed and the
        public suppression threshold applies (``LITERASI_READ_ONLY=1``).
    pseudonym_key : str
        Secret from which codes of people are made (``LITERASI_PSEUDONYM_KEY``); ``pseudonym.key`` in
        ``var_dir`` is made and used unless set.
    base_url : str
        Where others reach this dashboard (``LITERASI_BASE_URL``), for QR codes on slides; none unless set.
    """

    data_dir: Path
    var_dir: Path
    database_url: str
    practice_url: str
    read_only: bool
    pseudonym_key: str = field(default="", repr=False)
    base_url: str = ""


def load() -> Settings:
    """Read the settings from the environment.

    Returns
    -------
    Settings
    """
    var_dir = Path(os.environ.get("LITERASI_VAR_DIR", ROOT / "var"))
    return Settings(
        data_dir=Path(os.environ.get("LITERASI_DATA_DIR", ROOT / "data")),
        var_dir=var_dir,
        database_url=os.environ.get("LITERASI_DATABASE_URL", f"sqlite:///{var_dir / 'literasi.db'}"),
        practice_url=os.environ.get("LITERASI_PRACTICE_URL", f"sqlite:///{var_dir / 'practice.db'}"),
        read_only=os.environ.get("LITERASI_READ_ONLY", "") == "1",
        pseudonym_key=os.environ.get("LITERASI_PSEUDONYM_KEY", ""),
        base_url=os.environ.get("LITERASI_BASE_URL", "").rstrip("/"),
    )


def system_password() -> str | None:
    """Read the password of a library system's account (``LITERASI_SISTEM_SANDI``); None if it is not set.

    It is no part of `Settings`, so that it is in memory only while a connection is made.
    """
    return os.environ.get("LITERASI_SISTEM_SANDI")
