"""The flows: which task follows which."""
