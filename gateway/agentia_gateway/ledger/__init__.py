"""Which agent has which task, and whose task it is. No second task store: the agent's log is the truth."""
