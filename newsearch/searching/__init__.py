"""Questions to an index: searches, what stands near an article, searches that are kept."""
