def lambda_handler(event, context):
    result = yesno(event["session"], event["request"]["type"])
    return {"version": "1.0", "response": {"outputSpeech": {"type": "PlainText", "text": result}}}


def yesno(session, kind):
    if kind == "LaunchRequest":
        return "hi"
    elif kind == "IntentRequest":
        return "yes"
    return "bye"
