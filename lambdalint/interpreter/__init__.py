"""Runs a handler on paper: its module imported, the handler called, and what happens recorded."""
