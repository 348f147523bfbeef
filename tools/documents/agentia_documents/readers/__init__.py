"""One module per kind of file: `read(data, name) -> Extract`, or `Unreadable` with the reason."""
