"""Shows what an agent answers while it comes, and keeps its files."""
