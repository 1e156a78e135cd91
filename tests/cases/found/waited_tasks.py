import asyncio
from http import HTTPStatus


async def fetch(path):
    return path


async def fetch_all(paths):
    tasks = [asyncio.create_task(fetch(path)) for path in paths]
    done, pending = await asyncio.wait(tasks, timeout=5)
    for task in pending:
        task.cancel()
    return done


def answer(status=HTTPStatus.MOVED_PERMANENTLY):
    if status.value != 301 or status.name != "MOVED_PERMANENTLY":
        return {"never": {1}}
    return {"status": status.value, "text": status.phrase}


def handler(event, context):
    if event.get("status"):
        return answer()
    return {"fetched": asyncio.run(fetch_all(["/a", "/b"]))}  # LL202
