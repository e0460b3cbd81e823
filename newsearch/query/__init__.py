"""What a person typed → Query."""
