"""Definisi: the dictionary of every indicator, its editions, bands and Satu Data card."""

from literasi.ui import definitions, shell

shell.header("definitions")
indicator = definitions.choose()
definitions.show_card(indicator)
definitions.show_editions(indicator)
definitions.show_overview()
