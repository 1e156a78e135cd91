def read(event):
    return event
