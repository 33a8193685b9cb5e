"""Checks FollowTheMoney lines with the followthemoney package, in an environment of its own.

    python tests/ftm/validate.py out/graph.ftm.json

Every line must be valid for its schema, no value may be dropped by the package's own cleaning, and
every reference must lead to an entity of the file that may stand there.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from followthemoney import model
from followthemoney.exc import InvalidData


def problems_of(records):
    """Yield what is wrong, in words."""
    schemata = {record["id"]: model.get(record["schema"]) for record in records}
    if len(schemata) != len(records):
        yield "two lines have one id"
    for record in records:
        schema = schemata[record["id"]]
        if schema is None:
            yield f"{record['id']}: there is no schema {record['schema']}"
            continue
        try:
            schema.validate(record)
        except InvalidData as error:
            yield f"{record['id']}: {error} {error.errors}"
        cleaned = model.get_proxy(record, cleaned=False)
        for name, values in record["properties"].items():
            prop = schema.get(name)
            if prop is None:
                yield f"{record['id']}: {schema.name} has no property {name}"
                continue
            if len(cleaned.get(name)) != len(values):
                yield f"{record['id']}: of {name} only {cleaned.get(name)} is kept, not {values}"
            for value in values if prop.range else ():
                target = schemata.get(value)
                if target is None or not target.is_a(prop.range):
                    yield f"{record['id']}: {name} is {value}, which is no {prop.range.name}"


def main(path):
    with Path(path).open(encoding="utf-8", newline="\n") as lines:
        records = [json.loads(line) for line in lines]
    problems = list(problems_of(records))
    counts = Counter(record["schema"] for record in records)
    print(
        f"{len(records)} entities:", ", ".join(f"{n} {name}" for name, n in sorted(counts.items()))
    )
    for problem in problems:
        print(problem, file=sys.stderr)
    return bool(problems) or not records


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
