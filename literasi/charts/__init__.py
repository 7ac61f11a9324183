"""Charts: tidy frames in, `literasi.figures.Chart` out. One module per form; all words from the text catalogue."""
