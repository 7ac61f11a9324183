"""The closing of one event: which slides, which figures on them, and the words beside them.

`deck` holds the types. Nothing here draws: `literasi.export` writes slides, pages and pictures of a deck, and
`literasi.ui` shows it.
"""
