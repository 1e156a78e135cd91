"""The language server: findings appear as one types.

    client <-> features     what the protocol asks, feature by feature
               app          the server itself: what the client can do, what it is shown and told
               desk         the texts that are open, the projects they belong to, one check after the other
               project      one folder with its settings, and what the last check of it found
    diagnostics, actions, known, hover, completion       what is answered of that

`texts` alone knows how positions of the protocol count. All checks run on one thread, so that the one that answers the
client is never waited for; nothing under analysis is executed.
"""
