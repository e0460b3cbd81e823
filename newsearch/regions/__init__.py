"""The regions of Indonesia: looking them up, finding them in text."""
