"""One module per kind of file: `load` writes the table to a Parquet file."""
