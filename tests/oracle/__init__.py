"""The interpreter's oracles: generated programs are run by Python and on paper, and what the record calls known must
contain what happened."""
