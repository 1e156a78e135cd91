def lambda_handler(event, context):
    a = {}
    a["self"] = a  # LL202
    return a
