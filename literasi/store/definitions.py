"""Load and check the shipped definitions: indicators and rules, in YAML below the data folder."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError

from literasi.domain.coverage import ReportingRules
from literasi.domain.headline import SummaryRules
from literasi.domain.indicators import Catalogue, Computed, Indicator, Published
from literasi.domain.iplm import IplmRules
from literasi.domain.iplm_known import FIGURES
from literasi.domain.measures import MEASURES
from literasi.domain.priority import PriorityRules
from literasi.domain.snp import SnpRules
from literasi.domain.targets import TargetRules
from literasi.errors import DefinitionError, Fault

try:  # The C parser is ten times as fast; a PyYAML built without it lacks the name.
    from yaml import CSafeLoader as _SafeLoader
except ImportError:  # pragma: no cover
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]

Model = TypeVar("Model", bound=BaseModel)

_THEMES: tuple[str, ...] = get_args(Indicator.model_fields["theme"].annotation)


class _Loader(_SafeLoader):
    """A safe loader that refuses a key given twice, which YAML would silently drop."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"key given twice: {key.value}", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def load_catalogue(data_dir: Path) -> Catalogue:
    """Load every indicator of ``indicators/*.yml``.

    Parameters
    ----------
    data_dir : Path
        The data folder.

    Returns
    -------
    Catalogue
        Ordered by theme, as `Indicator` lists them, then by id.

    Raises
    ------
    DefinitionError
        One for all files, naming each faulty file, its field and the problem.
    """
    faults: list[Fault] = []
    indicators = []
    for path in sorted((data_dir / "indicators").glob("*.yml")):
        indicator = _read(path, Indicator, faults)
        if indicator is not None:
            indicators.append(indicator)
            faults += [Fault(path.name, field, problem) for field, problem in _problems(indicator, path)]
    ids = {indicator.id for indicator in indicators}
    faults += [
        Fault(f"{indicator.id}.yml", "succeeds", f"no such indicator: {indicator.succeeds}")
        for indicator in indicators
        if indicator.succeeds is not None and indicator.succeeds not in ids
    ]
    faults += [
        Fault(f"{indicator.id}.yml", "components", f"no such indicator: {component}")
        for indicator in indicators
        for component in indicator.components
        if component not in ids
    ]
    if not indicators and not faults:
        faults.append(Fault("indicators", "*.yml", "no definitions found"))
    _refuse(faults)
    return Catalogue(tuple(sorted(indicators, key=lambda i: (_THEMES.index(i.theme), i.id))))


def load_snp(data_dir: Path) -> SnpRules:
    """Load the thresholds of the national standard for village libraries, ``rules/snp_village.yml``.

    Parameters
    ----------
    data_dir : Path
        The data folder.

    Raises
    ------
    DefinitionError
        If the file is missing, incomplete or wrong; names every fault.
    """

    def named(rules: SnpRules) -> list[Fault]:
        wrong = rules.id != "snp_village"
        return [Fault("snp_village.yml", "id", f"differs from the file name: {rules.id}")] if wrong else []

    return _rules(data_dir, "snp_village.yml", SnpRules, named)


def load_reporting(data_dir: Path) -> ReportingRules:
    """Load who is expected to report and since when, ``rules/reporting.yml``.

    Parameters
    ----------
    data_dir : Path
        The data folder.

    Raises
    ------
    DefinitionError
        If the file is missing, incomplete or wrong; names every fault.
    """
    return _rules(data_dir, "reporting.yml", ReportingRules)


def load_summary(data_dir: Path) -> SummaryRules:
    """Load which indicators the summary page shows, ``rules/summary.yml``.

    Parameters
    ----------
    data_dir : Path
        The data folder.

    Raises
    ------
    DefinitionError
        If the file is missing, incomplete, or names an indicator that does not exist.
    """
    known = {path.stem for path in (data_dir / "indicators").glob("*.yml")}

    def exist(rules: SummaryRules) -> list[Fault]:
        named = {"cards": rules.cards, "trends": rules.trends, "map": (rules.map,)}
        return [
            Fault("summary.yml", field, f"no such indicator: {indicator}")
            for field, indicators in named.items()
            for indicator in indicators
            if indicator not in known
        ]

    return _rules(data_dir, "summary.yml", SummaryRules, exist)


def load_priority(data_dir: Path) -> PriorityRules:
    """Load the components of the priority score and what is assumed of places, ``rules/priority.yml``.

    Parameters
    ----------
    data_dir : Path
        The data folder.

    Raises
    ------
    DefinitionError
        If the file is missing, incomplete, or names an indicator that does not exist.
    """
    known = {path.stem for path in (data_dir / "indicators").glob("*.yml")}

    def exist(rules: PriorityRules) -> list[Fault]:
        problem = f"no such indicator: {rules.list_indicator}"
        return [] if rules.list_indicator in known else [Fault("priority.yml", "list_indicator", problem)]

    return _rules(data_dir, "priority.yml", PriorityRules, exist)


def load_targets(data_dir: Path) -> TargetRules:
    """Load the tolerances with which targets are judged, ``rules/targets.yml``.

    Parameters
    ----------
    data_dir : Path
        The data folder.

    Raises
    ------
    DefinitionError
        If the file is missing, incomplete or wrong; names every fault.
    """
    return _rules(data_dir, "targets.yml", TargetRules)


def load_iplm(data_dir: Path) -> IplmRules:
    """Load the parameters of the IPLM simulation by edition, ``rules/iplm.yml``.

    Parameters
    ----------
    data_dir : Path
        The data folder.

    Raises
    ------
    DefinitionError
        If the file is missing, incomplete or wrong, or names an indicator or a figure that does not exist.
    """
    known = {path.stem for path in (data_dir / "indicators").glob("*.yml")}

    def exist(rules: IplmRules) -> list[Fault]:
        faults = [
            Fault("iplm.yml", "uplm.components", f"no such indicator: {component.id}")
            for component in rules.uplm.components
            if component.id not in known
        ]
        return faults + [
            Fault("iplm.yml", f"form_2025.groups.{field.id}.dashboard", f"no such figure: {field.dashboard}")
            for field in rules.form_2025.fields
            if field.dashboard and field.dashboard not in FIGURES
        ]

    return _rules(data_dir, "iplm.yml", IplmRules, exist)


def _rules(
    data_dir: Path, name: str, model: type[Model], check: Callable[[Model], list[Fault]] | None = None
) -> Model:
    """Read one file of rules and check it; every fault in one error."""
    faults: list[Fault] = []
    rules = _read(data_dir / "rules" / name, model, faults)
    if rules is not None and check is not None:
        faults += check(rules)
    _refuse(faults)
    assert rules is not None
    return rules


def _read(path: Path, model: type[Model], faults: list[Fault]) -> Model | None:
    """Read one file as `model`; add what is wrong with it to `faults`."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), _Loader)
    except (OSError, UnicodeDecodeError) as error:
        faults.append(Fault(path.name, "(file)", str(error)))
        return None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else "(file)"
        faults.append(Fault(path.name, where, getattr(error, "problem", None) or str(error)))
        return None
    try:
        return model.model_validate(content)
    except ValidationError as error:
        faults += [
            Fault(path.name, ".".join(map(str, fault["loc"])) or "(file)", fault["msg"])
            for fault in error.errors()
        ]
        return None


def _problems(indicator: Indicator, path: Path) -> list[tuple[str, str]]:
    """Give the field and problem of each thing that the model alone cannot see."""
    found = []
    if indicator.id != path.stem:
        found.append(("id", f"differs from the file name: {indicator.id}"))
    if isinstance(indicator.measure, Computed) and indicator.measure.function not in MEASURES:
        found.append(("measure.function", f"no such measure: {indicator.measure.function}"))
    if isinstance(indicator.measure, Published):
        cells = [(p.area_code, p.period) for p in indicator.measure.preferences]
        found += [
            ("measure.preferences", f"given twice: {area} {period}")
            for area, period in sorted({cell for cell in cells if cells.count(cell) > 1})
        ]
    for edition in indicator.editions:
        last = edition.last_year or 9999
        found += [
            (f"editions.{edition.id}.bands", f"{years.family.id} is outside the years of the edition")
            for years in edition.bands
            if years.first_year < edition.first_year or (years.last_year or 9999) > last
        ]
    return found


def _refuse(faults: list[Fault]) -> None:
    if faults:
        lines = [f"{fault.table}: {fault.column}: {fault.rule}" for fault in faults]
        raise DefinitionError("error.definition", count=len(faults), faults="\n".join(lines))


LOADERS: tuple[Callable[[Path], object], ...] = (
    load_catalogue,
    load_snp,
    load_reporting,
    load_summary,
    load_priority,
    load_targets,
    load_iplm,
)
"""Everything that is declared in the data folder; each refuses what is wrong with every fault."""
