"""The engine on a cluster, for more articles than one machine holds."""

SCHEME = "opensearch://"
"""What the location of such an index begins with."""
