"""The command `agentia-mesh`. It imports no web stack, and what a command needs only when it runs."""
