"""From the files and systems of an office to checked rows: nothing here writes to the store.

The way of a file, one module for each step; `examination.examine` walks it:

1. `reading`: bytes to `sheets`, whatever the ending of the file says.
2. `layout`: where are the headings? `recaps` and `unfolding`: months as columns become rows.
3. `mapping`: which column is which field of which form (`forms`, `aliases`)? `personal`: what is dropped.
4. `values`: cells to typed values, in a `draft` of each sheet that knows where they stand.
5. `filling`: names to ids by `matching` and `pseudonyms`; `completing`, `replacing`: what it leaves out.
6. `checks`: what is wrong, what is strange? `advices` and `remembering`: what is kept of it.
7. `proposal`: what the file would bring. `literasi.desk` shows what that would change, and commits it.

Beside the way: `templates` to fill, `marked` files that come back, `uploads` with the `kept` copies,
`wording`, and `systems`, the databases of SLiMS and INLISLite.
"""
