"""Answers from a folder of documents, with quotations and their places."""
