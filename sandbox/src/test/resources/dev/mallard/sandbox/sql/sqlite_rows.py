"""Runs queries in Python's own SQLite: reads {"setup": ..., "queries": [...]} and writes the rows of
each, or null for a query that does not run."""

import json
import sqlite3
import sys

request = json.load(sys.stdin)
database = sqlite3.connect(":memory:")
database.executescript(request["setup"])
answers = []
for query in request["queries"]:
    try:
        answers.append(database.execute(query).fetchall())
    except sqlite3.Error:
        answers.append(None)
json.dump(answers, sys.stdout)
