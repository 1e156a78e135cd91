"""Mends what a finding says: a rule's `Mend` becomes a `Fix`, edits of text that leave all else as it is written.

`locate` turns the one into the other, `imports` knows where an import goes, `apply` puts edits into a text, `mending`
checks again what comes of it until nothing is left to mend, `writing` puts it into files.
"""
