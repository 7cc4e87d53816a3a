"""The newsloom command."""
