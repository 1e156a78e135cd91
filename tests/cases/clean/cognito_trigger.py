def lambda_handler(event, context):
    event["response"]["autoConfirmUser"] = True
    if event["triggerSource"] == "PreSignUp_ExternalProvider":
        event["response"]["autoVerifyEmail"] = True
    return event
