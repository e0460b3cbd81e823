"""What a person sees: hits, facets, snippets."""
