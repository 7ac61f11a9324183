"""Charts and tables as files. Every file carries its title, period, sources and, if so, the practice mark."""
