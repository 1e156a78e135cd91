"""A decorator of the project's own that keeps the handler, and gives nothing back."""


class Lobby:
    def __init__(self):
        self.entry = None

    def entrypoint(self, function):
        self.entry = function


lobby = Lobby()


@lobby.entrypoint  # LL105
def handler(event, context):
    return {"kind": event["type"]}
