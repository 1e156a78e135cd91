WIDTH = 4


def handler(event, context):
    text = f"{1:02d}|{2.5:.1f}|{'x':>3}|{'y'!r}|{None!s}|{255:#x}|{1234567:,}|{7:0{WIDTH}d}"
    if text != "01|2.5|  x|'y'|None|0xff|1,234,567|0007":
        return {"never": {1}}
    return {"text": text, "always": {1}}  # LL202
