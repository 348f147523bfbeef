"""The task log: what an agent knows of its tasks, durable, versioned and fenced."""
