"""What an indicator is: unit, direction, editions of its method, bands and Satu Data metadata."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Text = Annotated[str, Field(min_length=1)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Band(_Model):
    """One class of a band family: from `lower` (inclusive) up to the next band's `lower`."""

    label: Text
    lower: float


class BandFamily(_Model):
    """Official or documented classes of an edition.

    Attributes
    ----------
    id : str
        Name of the family, for example ``F5``.
    bands : tuple of Band
        Ascending; a value is compared after rounding to `rounding` decimals.
    upper : float
        Largest value of the last band.
    source : str
        Where the classes were read.
    caveat : str, optional
        What about them was not seen in a source; shown beside the band.
    """

    id: Text
    bands: tuple[Band, ...] = Field(min_length=2)
    upper: float
    rounding: int = 1
    source: Text
    caveat: str | None = None

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        if any(low.lower >= high.lower for low, high in pairwise(self.bands)):
            raise ValueError("bands must ascend")
        return self

    def of(self, value: float) -> Band | None:
        """Give the band of a value, or None outside the family's range."""
        rounded = round(value, self.rounding)
        if rounded > self.upper:
            return None
        return next((band for band in reversed(self.bands) if rounded >= band.lower), None)


class Edition(_Model):
    """One method under which values may be compared with each other.

    Attributes
    ----------
    id : str
        Value of the column ``edition``.
    first_year, last_year : int
        Years of data that the edition covers; `last_year` is None while it is in force.
    regulation : str
        Regulation or document that set it; named where a chart breaks.
    method : str
        What was done, in one or two sentences of Bahasa Indonesia.
    unit : str, optional
        Where the edition's unit differs from the indicator's.
    bands : tuple of (first year, last year or None, BandFamily), as ``YearBands``
        The families used, by year of data; none means no band is shown.
    is_random_sample : bool, optional
        Only a random sample may carry an interval. None where nothing was sampled.
    sample_note : str, optional
        Shown beside the value, for example that respondents chose themselves.
    """

    id: Text
    label: Text
    first_year: int
    last_year: int | None = None
    regulation: Text
    method: Text
    unit: str | None = None
    decimals: int | None = None
    bands: tuple[YearBands, ...] = ()
    is_random_sample: bool | None = None
    sample_note: str | None = None

    def band_family(self, year: int) -> BandFamily | None:
        """Give the band family in use for data of that year, if any."""
        for entry in self.bands:
            if entry.first_year <= year and (entry.last_year is None or year <= entry.last_year):
                return entry.family
        return None


class YearBands(_Model):
    """A band family and the years of data for which it was used."""

    first_year: int
    last_year: int | None = None
    family: BandFamily


class Preference(_Model):
    """Which of several published values is drawn, and why."""

    area_code: Text
    period: Text
    source_id: Text
    reason: Text


class Published(_Model):
    """Values are imported from publications and never recomputed."""

    kind: Literal["published"]
    preferences: tuple[Preference, ...] = ()


class Computed(_Model):
    """Values are computed from the office's tables by a function of `literasi.domain.measures`."""

    kind: Literal["computed"]
    function: Text
    numerator: Text
    denominator: str | None = None
    per: float = 1


class SatuData(_Model):
    """Metadata of an indicator, fields as on BPS SIRUSA cards (Satu Data Indonesia)."""

    nama: Text
    konsep: Text
    definisi: Text
    interpretasi: Text
    metode_perhitungan: Text
    rumus: Text
    ukuran: Text
    satuan: Text
    klasifikasi_penyajian: Text
    komposit: bool
    indikator_pembangun: Text
    variabel_pembangun: Text
    level_estimasi: Text
    akses_umum: bool
    kegiatan_statistik: Text
    produsen: Text
    periode: Text
    edisi_metode: Text
    jadwal_rilis: Text
    penanggung_jawab: Text
    no_romantik: Text
    url: Text


class Indicator(_Model):
    """One indicator, as declared in ``data/indicators/<id>.yml``.

    Attributes
    ----------
    id : str
        File name, value of ``indicator_id``, and key of its label: ``indicator.<id>``.
    theme : str
        ``reading`` (minat baca), ``development`` (IPLM), ``programme`` (TPBIS), ``training``,
        ``activity``, ``library`` or ``context``.
    unit : str
        Key of its unit: ``unit.<unit>``.
    scale : str
        How a change is worded: points of an index or percentage, relative for counts and rates.
    direction : str
        Whether more is better; ``neutral`` for context.
    aggregation : str
        How values of parts become the value of the whole. ``none``: never.
    symbol : str
        On the map: ``fill`` for rates and indices, ``bubble`` for counts.
    classes : tuple of float
        Inner class edges of the map, the same in all years.
    minimum_n : int
        Smallest denominator with which a rate is shown as a rate and ranked.
    succeeds : str, optional
        Id of the indicator that this one replaced under a new regulation; never joined with it.
    components : tuple of str
        Ids of the indicators that a composite index is made of.
    caveats : tuple of str
        What must be known to read it, whatever the data.
    incomplete : str, optional
        What is known to be missing from the data that we ship. Its values are then at least what is shown:
        nothing is said about rise, fall or who has least. Deleted once the office has loaded its own list.
    """

    id: Text
    theme: Literal["reading", "development", "programme", "training", "activity", "library", "context"]
    unit: Text
    scale: Literal["index", "percent", "count", "rate", "ratio"]
    decimals: int = Field(ge=0, le=5)
    direction: Literal["higher_is_better", "lower_is_better", "neutral"]
    measure: Annotated[Published | Computed, Field(discriminator="kind")]
    aggregation: Literal["none", "sum", "ratio_of_sums", "population_weighted"]
    levels: tuple[Literal["nation", "province", "regency", "district", "village", "library"], ...] = Field(
        min_length=1
    )
    grain: Literal["year", "month"]
    editions: tuple[Edition, ...] = Field(min_length=1)
    symbol: Literal["fill", "bubble"]
    classes: tuple[float, ...] = Field(min_length=2, max_length=4)
    minimum_n: int = Field(ge=1)
    succeeds: str | None = None
    components: tuple[Text, ...] = ()
    caveats: tuple[Text, ...] = ()
    incomplete: Text | None = None
    metadata: SatuData

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        ids = [edition.id for edition in self.editions]
        if len(set(ids)) != len(ids):
            raise ValueError("edition ids must differ")
        if list(self.classes) != sorted(set(self.classes)):
            raise ValueError("classes must ascend")
        if (
            self.scale in ("rate", "percent")
            and isinstance(self.measure, Computed)
            and not self.measure.denominator
        ):
            raise ValueError("a computed rate needs a denominator")
        return self

    @property
    def is_published(self) -> bool:
        """Whether values are imported rather than computed."""
        return isinstance(self.measure, Published)

    @property
    def notes(self) -> tuple[str, ...]:
        """Everything that must stand with its values."""
        return (*self.caveats, self.incomplete) if self.incomplete else self.caveats

    def edition(self, edition_id: str) -> Edition:
        """Give the edition of that id.

        Raises
        ------
        KeyError
            If the indicator has no such edition.
        """
        for edition in self.editions:
            if edition.id == edition_id:
                return edition
        raise KeyError(f"{self.id}: {edition_id}")

    def band(self, *, value: float, edition_id: str, year: int) -> Band | None:
        """Give the band of a value; None where no family is documented for that edition and year."""
        family = self.edition(edition_id).band_family(year)
        return family.of(value) if family else None


Edition.model_rebuild()


class Catalogue:
    """All indicators, by id, in a fixed order.

    Parameters
    ----------
    indicators : iterable of Indicator
    """

    def __init__(self, indicators: tuple[Indicator, ...]) -> None:
        self._by_id = {indicator.id: indicator for indicator in indicators}
        if len(self._by_id) != len(indicators):
            raise ValueError("indicator ids must differ")

    def __getitem__(self, indicator_id: str) -> Indicator:
        return self._by_id[indicator_id]

    def __contains__(self, indicator_id: object) -> bool:
        return indicator_id in self._by_id

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def lineages(self, *themes: str) -> tuple[tuple[Indicator, ...], ...]:
        """Give the published composite indices of these themes, each with its successors, oldest first."""
        composite = [i for i in self.of_theme(*themes) if i.is_published and i.metadata.komposit]
        heads = [i for i in composite if not i.succeeds]
        return tuple((head, *self._successors(head)) for head in heads)

    def _successors(self, indicator: Indicator) -> tuple[Indicator, ...]:
        heir = next((i for i in self if i.succeeds == indicator.id), None)
        return (heir, *self._successors(heir)) if heir else ()

    def of_theme(self, *themes: str) -> tuple[Indicator, ...]:
        """Give the indicators of these themes, in catalogue order."""
        return tuple(i for i in self._by_id.values() if i.theme in themes)
