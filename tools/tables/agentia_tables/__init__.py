"""A remote MCP server: schema, read-only SQL and charts over the files of a folder."""
