"""A team moves here from another program: what it decided there, and how well it agreed."""
