"""Each entry of a dict is sorted, or goes."""


def handler(event, context):
    skills = {}
    for person in event["people"]:
        skills[person["team"]] = set(person["skills"])
    for team in list(skills):
        if skills[team]:
            skills[team] = sorted(skills[team])
        else:
            del skills[team]
    return {"skills": skills}
