"""The little English that rule books need: words, numbers, sentences. No model, no I/O, no tables."""
