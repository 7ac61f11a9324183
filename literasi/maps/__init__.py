"""Maps of the regencies: geographic panels, tile grid, bars; values with their classes and their gaps."""

from literasi.maps.bars import value_bars
from literasi.maps.dots import Dots
from literasi.maps.geo import regency_map
from literasi.maps.layout import ALL, Layout, load_layout
from literasi.maps.tiles import tile_grid
from literasi.maps.units import Units, editions_with_values, last_month_of, units_of, years_with_values

__all__ = [
    "ALL",
    "Dots",
    "Layout",
    "Units",
    "editions_with_values",
    "last_month_of",
    "load_layout",
    "regency_map",
    "tile_grid",
    "units_of",
    "value_bars",
    "years_with_values",
]
