"""The Python files in scope: which they are, and which of their functions Lambda may call."""
