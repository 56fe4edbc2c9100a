"""Exchange as far as it touches the store: gathering changes, merging those of colleagues, who they are."""
