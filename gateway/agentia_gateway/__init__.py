"""Takes tasks: protocol, routing, dispatch, ledger; and the command."""
