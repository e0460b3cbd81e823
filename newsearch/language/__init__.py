"""Indonesian text → terms."""
