def lambda_handler(event, context):
    return {"context": context}  # LL202
