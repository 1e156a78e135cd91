"""The handler is an object whose base says how it is called."""


class Task:
    def __call__(self, payload):  # LL101
        return self.run(payload)

    def run(self, payload):
        raise NotImplementedError


class Fee(Task):
    def run(self, payload):
        return {"fee": payload["amount"]}


handler = Fee()
