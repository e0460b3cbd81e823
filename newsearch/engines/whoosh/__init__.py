"""The engine in pure Python, for places where no compiled wheel goes."""
