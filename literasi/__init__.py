"""Dasbor Literasi Kepri: library literacy indicators of Kepulauan Riau."""

__version__ = "0.1.0"
