"""The stages as tasks: a batch in, a batch out."""
