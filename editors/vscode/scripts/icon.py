"""Draw icon.png: a lambda over the line that a linter draws below what is wrong. `python3 scripts/icon.py`."""

import math
import struct
import zlib
from pathlib import Path

SIZE, FINE = 128, 4  # each pixel is the mean of FINE times FINE points
GROUND, LETTER, LINE = (26, 35, 126), (255, 255, 255), (255, 112, 67)
STROKES = (((46, 24), (84, 88)), ((61, 50), (42, 88)))
WAVE = (28, 100, 106, 4.0, 19.5)  # from x to x, at y, so high, so long


def near(x: float, y: float, start: tuple[int, int], end: tuple[int, int]) -> float:
    """How far a point is from a stretch."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    t = max(0.0, min(1.0, ((x - start[0]) * dx + (y - start[1]) * dy) / (dx * dx + dy * dy)))
    return math.hypot(x - start[0] - t * dx, y - start[1] - t * dy)


def color(x: float, y: float) -> tuple[int, int, int, int]:
    """What is at a point."""
    corner = 24
    inner_x, inner_y = (min(max(one, corner), SIZE - corner) for one in (x, y))
    if math.hypot(x - inner_x, y - inner_y) > corner:
        return (0, 0, 0, 0)
    if any(near(x, y, *stroke) < 6 for stroke in STROKES) or near(x, y, (36, 24), (46, 24)) < 6:
        return (*LETTER, 255)
    left, right, middle, height, length = WAVE
    slope = math.cos((x - left) * 2 * math.pi / length) * height * 2 * math.pi / length
    off = y - middle - math.sin((x - left) * 2 * math.pi / length) * height
    if left <= x <= right and abs(off) / math.hypot(1, slope) < 3:
        return (*LINE, 255)
    return (*GROUND, 255)


def pixel(column: int, row: int) -> bytes:
    points = [color(column + (i + 0.5) / FINE, row + (j + 0.5) / FINE) for i in range(FINE) for j in range(FINE)]
    alpha = sum(one[3] for one in points)
    mixed = [round(sum(one[part] * one[3] for one in points) / alpha) if alpha else 0 for part in range(3)]
    return bytes((*mixed, round(alpha / len(points))))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


rows = b"".join(b"\0" + b"".join(pixel(column, row) for column in range(SIZE)) for row in range(SIZE))
header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0)
png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
(Path(__file__).resolve().parent.parent / "icon.png").write_bytes(png)
