"""Articles into an index: analysed on every core, in transactions that can be resumed."""
