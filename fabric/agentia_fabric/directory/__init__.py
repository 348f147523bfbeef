"""The directory: how services speak with the registry. The wire models and the client; no server code."""
