"""Measurements over ../shared; each script says in its docstring what it measures."""
