import threading


def lambda_handler(event, context):
    lock = threading.Lock()
    return {"lock": lock, "context": context.function_name}  # LL202
