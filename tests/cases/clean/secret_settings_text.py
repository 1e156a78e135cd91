def save(file):
    file.write("""# Redis
REDIS_HOST=localhost
REDIS_PASSWORD=
REDIS_DB=0
""")


def handler(event, context):
    save(open("/tmp/.env", "w"))
    return None
