import asyncio
import inspect


async def settled(value):
    if inspect.isawaitable(value):
        return await value
    return value


async def slow():
    await asyncio.sleep(0)
    return 2


async def main():
    first, second = await asyncio.gather(settled(1), settled(slow()))
    return {"first": first, "second": second}


def lambda_handler(event, context):
    return asyncio.run(main())
