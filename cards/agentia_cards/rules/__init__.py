"""What the lint looks for, one file per part of a card; `agentia_cards.lint` holds the table of all rules."""
