"""The default engine: tantivy, an inverted index in Rust with columns for facets and sorting."""
