import asyncio


async def work(n):
    await asyncio.sleep(0)
    return {"n": n}


def lambda_handler(event, context):
    if event.get("later"):
        return {"result": work(1)}  # LL202
    return asyncio.run(work(2))
