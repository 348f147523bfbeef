"""Carries calls to agents and their answers back, as the bytes that they are."""
