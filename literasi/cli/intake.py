"""Examine a file of the office, show what it would change, and commit it when asked to; write templates."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from literasi.cli.commands import Commands
from literasi.errors import LiterasiError
from literasi.settings import Settings
from literasi.text import t

if TYPE_CHECKING:
    from literasi.intake.findings import Answers
    from literasi.intake.proposal import Proposal, ReadSheet
    from literasi.store import Preview


class UsageError(LiterasiError):
    """An option that cannot be read."""


def add_to(commands: Commands) -> None:
    """Add these commands."""
    import_ = commands.add("import", "cli.help.import", _import)
    import_.add_argument("file", type=Path, help=t("cli.help.import_file"))
    for name, metavar in (
        ("form", "SHEET=FORM"),
        ("column", "SHEET:3=FIELD"),
        ("constant", "SHEET:FIELD=VALUE"),
        ("answer", "ID=CODE"),
        ("reason", "NUMBER=WHY"),
        ("replaces", "SHEET"),
    ):
        import_.add_argument(
            f"--{name}", action="append", default=[], metavar=metavar, help=t(f"cli.help.import_{name}")
        )
    import_.add_argument("--marked", type=Path, metavar="OUT.xlsx", help=t("cli.help.import_marked"))
    import_.add_argument("--commit", action="store_true", help=t("cli.help.import_commit"))
    import_.add_argument("--actor", default="cli", help=t("cli.help.import_actor"))
    import_.add_argument("--note", default="", help=t("cli.help.freeze_note"))
    import_.add_argument("--practice", action="store_true", help=t("cli.help.practice"))
    template = commands.add("template", "cli.help.template", _template)
    template.add_argument("form", help=t("cli.help.template_form"))
    template.add_argument("--out", type=Path, required=True, help=t("cli.help.template_out"))


def _import(chosen: argparse.Namespace, settings: Settings) -> None:
    from literasi import workspaces
    from literasi.desk import Desk
    from literasi.intake.reading import check_size

    workspace = workspaces.PRACTICE if chosen.practice else workspaces.OFFICIAL
    with closing(workspaces.open_workspace(workspace, settings)) as store:
        desk = Desk(store, settings, workspace=workspace)
        try:
            check_size(chosen.file.name, chosen.file.stat().st_size)  # before it fills the memory
            data = chosen.file.read_bytes()
        except OSError as error:
            raise UsageError("cli.unreadable", file=chosen.file) from error
        file = desk.open(chosen.file.name, data)
        earlier = desk.earlier(file)
        if earlier is not None:
            print(t("cli.import_earlier", submission=earlier))
        answers = _answers(chosen)
        proposal = desk.examine(file, answers)
        if chosen.reason:
            proposal = desk.examine(file, _with_reasons(answers, proposal, chosen.reason))
        _show(proposal)
        if chosen.marked:
            chosen.marked.write_bytes(desk.marked(proposal))
            print(t("cli.import_marked", file=chosen.marked))
        proposal.require_ready()
        preview = desk.preview(proposal)
        _show_preview(preview)
        if not any(counts.written for counts in preview.counts.values()):
            print(t("cli.nothing"))
        elif chosen.commit:
            number = desk.commit(proposal, actor=chosen.actor, note=chosen.note, preview=preview)
            print(t("cli.sync_committed", submission=number))
        else:
            print(t("cli.sync_preview"))


def _template(chosen: argparse.Namespace, settings: Settings) -> None:
    from literasi import workspaces
    from literasi.desk import Desk
    from literasi.intake.forms import FORMS

    offered = [form.name for form in FORMS.values() if form.has_template]
    if chosen.form not in offered:
        raise UsageError("cli.no_form", form=chosen.form, forms=", ".join(offered))
    with closing(workspaces.open_workspace(workspaces.OFFICIAL, settings)) as store:
        chosen.out.parent.mkdir(parents=True, exist_ok=True)
        chosen.out.write_bytes(Desk(store, settings).template(chosen.form))
    print(t("cli.template_written", file=chosen.out))


def _pairs(option: str, written: Iterable[str]) -> list[tuple[str, str]]:
    """Split ``name=value`` at the last sign: a sheet may be called anything, a value here may not hold it."""
    pairs = [text.rpartition("=") for text in written]
    for name, _, value in pairs:
        if not name:
            raise UsageError("cli.option_form", option=option, written=value)
    return [(name.strip(), value.strip()) for name, _, value in pairs]


def _of_sheet(option: str, written: Iterable[str]) -> Mapping[tuple[str, str], str]:
    """Read ``sheet:part=value``."""
    made = {}
    for text in written:
        place, _, value = text.partition("=")
        sheet, sign, part = place.rpartition(":")
        if not sign or not value:
            raise UsageError("cli.option_form", option=option, written=text)
        made[sheet, part.strip()] = value.strip()
    return made


def _answers(chosen: argparse.Namespace) -> Answers:
    from literasi.intake.findings import Answers

    columns = _of_sheet("--column", chosen.column)
    if not all(column.isdecimal() for _, column in columns):
        raise UsageError("cli.option_form", option="--column", written=", ".join(chosen.column))
    return Answers(
        forms=dict(_pairs("--form", chosen.form)),
        fields={(sheet, int(column)): _chosen(field) for (sheet, column), field in columns.items()},
        constants=_of_sheet("--constant", chosen.constant),
        questions=dict(_pairs("--answer", chosen.answer)),
        replaces=frozenset(chosen.replaces),
    )


def _chosen(field: str) -> str:
    return "" if field == "-" else field


def _with_reasons(answers: Answers, proposal: Proposal, written: Iterable[str]) -> Answers:
    """Read ``number=why``, the number being that of the printed advice."""
    from dataclasses import replace

    advices = [finding.advice for finding in proposal.findings if finding.advice]
    reasons = {}
    for text in written:
        number, _, why = text.partition("=")
        if not number.isdecimal() or not 1 <= int(number) <= len(advices) or not why.strip():
            raise UsageError("cli.option_form", option="--reason", written=text)
        reasons[advices[int(number) - 1]] = why.strip()
    return replace(answers, reasons=reasons)


def _show(proposal: Proposal) -> None:
    from literasi.intake import wording

    for sheet in proposal.sheets:
        _show_sheet(sheet)
    number = 0
    for finding in proposal.findings:
        number += bool(finding.advice)
        sign = f"! {number}." if finding.advice else "!" if finding.weight == "advise" else "✗"
        heading = f" ({finding.place.heading})" if finding.place.heading else ""
        said = wording.describe(finding).replace("\n", " ")
        print(f"{sign} {wording.place(finding)}{heading}: {said}")
    for question in proposal.questions:
        print(f"? {wording.question(question)} ({question.count})")
        for option in question.options:
            print(f"    --answer '{question.id}={option.code}'   {option.label}")


def _show_sheet(sheet: ReadSheet) -> None:
    from literasi.intake.forms import FORMS, label

    if not sheet.form:
        print(t("cli.import_left_out", sheet=sheet.name))
        return
    print(
        t(
            "cli.import_sheet",
            sheet=sheet.name,
            form=t(f"intake.form.{sheet.form}"),
            rows=sheet.rows,
            skipped=sheet.skipped,
        )
    )
    names = {
        field.name: f"{label(FORMS[sheet.form], field)} ({field.name})" for field in FORMS[sheet.form].fields
    }
    for column in sheet.columns:
        said = names.get(column.field, "–")
        how = "pseudonym" if column.how == "personal" and column.field else column.how
        print(f"    {column.column:>3} {column.heading} → {said}: {t(f'upload.how.{how}')}")


def _show_preview(preview: Preview) -> None:
    for table, counts in preview.counts.items():
        numbers = {part: getattr(counts, part) for part in ("added", "changed", "unchanged", "removed")}
        print(t("cli.sync_counts", table=t(f"table.{table}"), **numbers))
