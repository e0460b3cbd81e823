"""Where terms live."""
