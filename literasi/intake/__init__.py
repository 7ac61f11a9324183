"""From the files and systems of an office to checked rows: nothing here writes to the store.

The way of a file, one module for each step:

`reading` (bytes to `sheets`) → `layout` (where are the headings?) → `mapping` (which column is which
field of which form?) → `personal` (what is dropped) → `values` (texts to typed values) → `matching`
(which area, library, event, person?) → `checks` (what is wrong, what is strange?) → `proposal`.

`examination.examine` walks it. `literasi.desk` shows what a proposal would change, and commits it.
"""
