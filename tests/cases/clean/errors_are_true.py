"""An exception that is kept, and is asked for as whether there is one: it is true."""


class Attempt:
    def __init__(self):
        self.answer = None
        self.error = None

    def tell(self):
        return {"answer": self.answer, "why": self.answer or (self.error and str(self.error))}


def handler(event, context):
    attempt = Attempt()
    try:
        attempt.answer = int(event["count"])
    except Exception as error:
        attempt.error = error
    return attempt.tell()
