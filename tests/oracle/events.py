"""Events as the generated programs expect them, most of the time."""

from __future__ import annotations

from random import Random
from typing import Any

WORDS = ("a", "b", "json", "text", "", "x-1", "42", "Hello World", "a,b,c", "é")
KINDS = ("a", "b", "json", "text")
KEYS = ("a", "b", "id", "name", "status", "body", "n", "kind")


def word(rng: Random, words: tuple[str, ...] = WORDS) -> str:
    """One of the words, as a new object: the oracle tells by identity what came from outside."""
    return "".join(list(rng.choice(words)))


def any_json(rng: Random, depth: int = 0) -> Any:
    """Any JSON value, small."""
    choice = rng.randrange(9 if depth < 2 else 6)
    if choice == 0:
        return None
    if choice == 1:
        return rng.random() < 0.5
    if choice == 2:
        return rng.choice([0, 1, 2, -1, 3, 200, 404])
    if choice == 3:
        return rng.choice([0.5, 1.0, 2.25, 100.0])
    if choice in (4, 5):
        return word(rng)
    if choice == 6:
        return [any_json(rng, depth + 1) for _ in range(rng.randrange(4))]
    return {key: any_json(rng, depth + 1) for key in rng.sample(KEYS, rng.randrange(4))}


def record(rng: Random) -> Any:
    """A dict with a name, a number and what else: what outside code mostly answers."""
    if rng.random() < 0.08:
        return any_json(rng)
    made: dict[str, Any] = {"id": word(rng), "n": rng.choice([0, 1, 2, 3, 10]), "name": word(rng)}
    if rng.random() < 0.5:
        made[rng.choice(KEYS)] = any_json(rng)
    if rng.random() < 0.15:
        del made[rng.choice(list(made))]
    return made


def event(rng: Random) -> Any:
    """The event: fields of the types that programs read, some missing, some of another type; at times no dict."""
    if rng.random() < 0.06:
        return any_json(rng)
    whole: dict[str, Any] = {
        "kind": word(rng, KINDS),
        "name": word(rng),
        "count": rng.choice([0, 1, 2, 3, 7, -1]),
        "price": rng.choice([0.0, 1.5, 10.0]),
        "flag": rng.random() < 0.5,
        "tags": [word(rng) for _ in range(rng.randrange(4))],
        "numbers": [rng.randrange(5) for _ in range(rng.randrange(4))],
        "user": {"id": word(rng), "age": rng.randrange(3), "roles": [word(rng, KINDS)]},
        "items": [record(rng) for _ in range(rng.randrange(4))],
        "data": any_json(rng),
        "body": rng.choice([None, "{}", '{"a": 1}', '{"kind": "a", "n": [1, 2]}', "[1]", "no json"]),
        "httpMethod": word(rng, ("GET", "POST", "DELETE")),
        "headers": {"Accept": word(rng, ("json", "text")), "Host": "h"},
    }
    for key in list(whole):
        chance = rng.random()
        if chance < 0.06:
            del whole[key]
        elif chance < 0.10:
            whole[key] = any_json(rng)
    return whole
