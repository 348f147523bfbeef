"""A remote MCP server: full-text search and reading of a folder."""
