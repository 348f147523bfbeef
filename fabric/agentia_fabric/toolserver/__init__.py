"""What the MCP servers share: a folder they cannot leave, errors a caller can act on, the server itself.

Import from the modules; `server` and `app` need the extra `tools` (mcp), `folder` and `errors` do not.
"""
