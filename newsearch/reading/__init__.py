"""What people have (pages, JSON Lines, CSV) → Article."""
