"""One page -> one Article, or the reason why it is none. Knows nothing of feeds, the store or HTTP."""
