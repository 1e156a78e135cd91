"""A variable that each round binds to what is made of what it held: of each of its values the class is known."""

from dataclasses import asdict, dataclass, replace


@dataclass(frozen=True)
class Plant:
    name: str
    water: float = 20.0
    light: str = "sun"

    def watered(self, litres):
        return replace(self, water=min(max(litres, 5.0), 28.0))

    def dry(self):
        changed = replace(self, light="shade")
        if changed.water > 18.0:
            changed.water = 18.0  # LL208
        return changed


def follow(wish, plant):
    if wish == "dry":
        return plant.dry()
    if wish == "more":
        return plant.watered(plant.water + 0.5)
    if wish == "less":
        return plant.watered(plant.water - 0.5)
    return plant


def lambda_handler(event, context):
    plant = Plant(str(event.get("name", "fern")))
    if isinstance(event.get("water"), (int, float)):
        plant = plant.watered(float(event["water"]))
    for wish in event.get("wishes", []):
        plant = follow(wish, plant)
    print(asdict(plant))
    return {"plant": plant}  # LL202
