"""What an exception was raised from is an exception too."""


class RowError(Exception):
    def tell(self):
        return {"why": str(self), "behind": self.__cause__}  # LL202


def parse(text):
    if not text:
        raise RowError("nothing there")
    try:
        return float(text)
    except ValueError as error:
        raise RowError("no number") from error


def handler(event, context):
    told = []
    for text in event["rows"]:
        try:
            parse(text)
        except RowError as error:
            told.append(error.tell())
    return told
