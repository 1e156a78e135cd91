"""The language server: findings appear as one types.

    client  ->  app       what the protocol asks, in pygls' terms
                desk      the texts that are open, the projects they belong to, one check after the other
                project   one folder with its settings, and what the last check of it found
                diagnostics actions hover lens places completion    what is answered of that, in the protocol's types

`texts` alone knows how positions of the protocol count. All checks run on one thread, so that the one that answers the
client is never waited for; nothing under analysis is executed.
"""
