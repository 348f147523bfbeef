"""Finds agents: registration, leases, probes, search, watch."""
