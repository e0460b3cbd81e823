"""The engine on a cluster, for more articles than one machine holds."""
