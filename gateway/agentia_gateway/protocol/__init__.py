"""A2A on the wire: which operation a request is, and how answers and errors are shaped for its caller."""
