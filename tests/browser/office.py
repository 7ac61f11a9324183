"""LibreOffice without a screen, filling a workbook as a user would: by a macro in a profile of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

_LIMIT = 120  # seconds; a first start makes the profile
_DOCTYPE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE {0} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{1}.dtd">\n'
)
_LIBRARIES = (
    _DOCTYPE.format("library:libraries", "libraries")
    + '<library:libraries xmlns:library="http://openoffice.org/2000/library" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard" '
    'xlink:href="$(USER)/basic/Standard/{file}.xlb/" xlink:type="simple" library:link="false"/>'
    "</library:libraries>"
)
_LIBRARY = (
    _DOCTYPE.format("library:library", "library")
    + '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" '
    'library:readonly="false" library:passwordprotected="false">{elements}</library:library>'
)
_MODULE = (
    _DOCTYPE.format("script:module", "module")
    + '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" '
    'script:language="StarBasic">{code}</script:module>'
)


def fill(
    template: Path, *, sheet: str, versions: Mapping[Path, Mapping[str, str | float]], profile: Path
) -> None:
    """Open a workbook, type into cells, and save it as XLSX; then type more and save again.

    Parameters
    ----------
    template : Path
    sheet : str
        Name of the sheet.
    versions : mapping of Path to (mapping of str to str or float)
        File to what is typed before it is saved, by the name of the cell. A number is a number; a text
        stays a text, whatever it looks like.
    profile : Path
        Folder for LibreOffice's settings; made.
    """
    lines = ["Sub Main", "Dim hidden(0) As New com.sun.star.beans.PropertyValue"]
    lines += ['hidden(0).Name = "Hidden"', "hidden(0).Value = True"]
    lines += ["Dim kind(0) As New com.sun.star.beans.PropertyValue"]
    lines += ['kind(0).Name = "FilterName"', 'kind(0).Value = "Calc MS Excel 2007 XML"']
    opened = f'StarDesktop.loadComponentFromURL({_text(template.as_uri())}, "_blank", 0, hidden())'
    lines += [f"document = {opened}", f"sheet = document.Sheets.getByName({_text(sheet)})"]
    for target, cells in versions.items():
        for name, value in cells.items():
            cell = f"sheet.getCellRangeByName({_text(name)})"
            lines.append(
                f"{cell}.String = {_text(value)}" if isinstance(value, str) else f"{cell}.Value = {value}"
            )
        lines.append(f"document.storeToURL({_text(target.as_uri())}, kind())")
    lines += ["document.close(True)", "End Sub"]
    _run(profile, "--terminate_after_init")  # a first start makes the profile, over anything of ours
    _write(profile, "\n".join(lines))
    _run(profile, "macro:///Standard.Module1.Main")
    missing = [target for target in versions if not target.exists()]
    assert not missing, f"LibreOffice saved no {missing}"


def _run(profile: Path, what: str) -> None:
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", what]
    subprocess.run(command, check=True, timeout=_LIMIT, capture_output=True)


def _text(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'


def _write(profile: Path, code: str) -> None:
    """Put the macro where LibreOffice looks for a user's own."""
    basic = profile / "user" / "basic"
    (basic / "Standard").mkdir(parents=True, exist_ok=True)
    for kind, elements in (("script", '<library:element library:name="Module1"/>'), ("dialog", "")):
        (basic / f"{kind}.xlc").write_text(_LIBRARIES.format(file=kind), encoding="utf-8")
        (basic / "Standard" / f"{kind}.xlb").write_text(_LIBRARY.format(elements=elements), encoding="utf-8")
    (basic / "Standard" / "Module1.xba").write_text(_MODULE.format(code=escape(code)), encoding="utf-8")
