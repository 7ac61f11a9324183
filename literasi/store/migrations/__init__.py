"""Schema changes, oldest first, each stated in full: contracts move on, migrations do not."""
