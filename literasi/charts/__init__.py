"""Charts: tidy frames in, `literasi.figures.Chart` out; words come from the text catalogue."""
