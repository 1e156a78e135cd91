"""What is shown beside the fields of a form, in two languages."""

CAPTIONS = {
    "en": {"username": "Mail address", "password": "Your password", "token": "The code that we sent"},
    "de": {"username": "Mailadresse", "password": "Ihr Kennwort", "token": "Der Code aus der Mail"},
}


def lambda_handler(event, context):
    return {"captions": CAPTIONS.get(event.get("language"), CAPTIONS["en"])}
