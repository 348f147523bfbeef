"""Runs services: ``python -m agentia_fabric.host NAME…`` (docs/contracts.md, "Services")."""
