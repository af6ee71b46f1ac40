"""How alike two titles, author lists, journals and DOIs are; nothing here decides."""
