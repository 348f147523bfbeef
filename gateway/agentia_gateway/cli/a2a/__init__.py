"""A small A2A 1.0 client (JSON-RPC): what a command needs to ask, follow, list and cancel."""
