"""Turns material into a short structured text."""
