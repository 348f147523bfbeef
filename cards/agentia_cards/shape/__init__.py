"""The messages of an agent card, as data; the lint and the canonical form are read off them."""
