"""What one field of an export says: a name, a number, an identifier, a kind, a language."""
