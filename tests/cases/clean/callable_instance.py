import json


class Handler:
    def __call__(self, event, context):
        return self.dispatch(event)

    def dispatch(self, event):
        name = "do_" + event["httpMethod"].lower()
        method = getattr(self, name, self.missing)
        return method(event)

    def do_get(self, event):
        return {"statusCode": 200, "body": json.dumps({})}

    def missing(self, event):
        return {"statusCode": 405, "body": ""}


lambda_handler = Handler()
