"""Answers questions about CSV, Parquet and SQLite files, with a table and a chart."""
