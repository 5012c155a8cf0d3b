"""Says which queries have the same rows in Python's own SQLite: reads {"setup": ..., "queries": [...]} and writes for
each query the number of the first one that it agrees with."""

import json
import re
import sqlite3
import sys


def is_ordered(query):
    text = re.sub(r"'[^']*'", "", query)
    inner = None
    while inner != text:
        inner, text = text, re.sub(r"\([^()]*\)", "", text)
    return re.search(r"\border\s+by\b", text, re.IGNORECASE) is not None


def key(value):
    if isinstance(value, float):
        value = float("%.9g" % value)
        value = int(value) if value.is_integer() else value
    return (type(value).__name__, value)


request = json.load(sys.stdin)
database = sqlite3.connect(":memory:")
database.executescript(request["setup"])
results = []
for query in request["queries"]:
    cursor = database.execute(query)
    rows = [tuple(key(value) for value in row) for row in cursor]
    ordered = is_ordered(query) and len(rows) > 1
    if not ordered:
        rows.sort(key=repr)
    results.append((len(cursor.description), ordered, rows))
json.dump([results.index(result) for result in results], sys.stdout)
