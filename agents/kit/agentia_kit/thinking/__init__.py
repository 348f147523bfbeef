"""Agents of openai-agents as executors of A2A: what they stream becomes status, artifacts and questions."""
