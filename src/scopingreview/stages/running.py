"""Running one stage of the chain by its name."""
