"""The agent card: model, lint, canonical form, signature, version translation."""
