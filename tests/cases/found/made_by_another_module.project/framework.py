def made(names):
    def run(event, context):
        return {"names": names}  # LL202

    return run
