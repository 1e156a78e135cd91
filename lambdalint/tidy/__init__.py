"""How what pyflakes calls unused is taken out of a file: the changes, and whether the program surely means the same.

`outline` knows where each statement stands, `cuts` takes a part of one or the whole out of the text, `imports` and
`variables` say what is to be done of one message, `mends` of all those of a file, which share bodies and statements.
"""
