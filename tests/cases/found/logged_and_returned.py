# An EventBridge target: nobody reads the answer, and the invocation fails all the same.
def handler(event, context):
    try:
        return "seen " + event["detail"]["key"]
    except Exception as error:
        print(error)
        return error  # LL202
