class App:
    def __init__(self, routes):
        self.routes = routes

    def handle(self, event, context):
        return self.routes[event["routeKey"]]


def create_app(routes):
    app = App(routes)
    return app
