"""Which agent a task for the mesh goes to, and why."""
