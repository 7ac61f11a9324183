"""Library systems that are read by their own databases: SLiMS and INLISLite."""
