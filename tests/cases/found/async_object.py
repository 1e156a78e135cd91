"""An object that is called, and whose call is a coroutine."""

import asyncio


class Report:
    def __init__(self, *parts):
        self.parts = parts

    async def __call__(self, event, context):  # LL102
        await asyncio.sleep(0)
        return {"parts": len(self.parts)}


handler = Report("a", "b")
