"""The warehouse: facts in DuckLake, views in one published file."""
