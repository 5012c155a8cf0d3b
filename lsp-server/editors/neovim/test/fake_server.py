"""A language server that does what the test of mallard.lua needs, and writes down what it is sent."""

import json
import os
import pathlib
import sys

LOG = os.environ["MALLARD_TEST_LOG"]
FOLDER = os.environ["MALLARD_TEST_FOLDER"]
COMMANDS = ["runTests", "debug", "generate", "explain", "translate", "writeTests", "showTranscript"]
REQUEST_CANCELLED = -32800

next_id = 1000
held = None  # The identifier of the command that waits to be cancelled


def read():
    length = 0
    while True:
        line = sys.stdin.buffer.readline()
        if not line:
            sys.exit(1)
        if line == b"\r\n":
            return json.loads(sys.stdin.buffer.read(length))
        name, value = line.split(b":", 1)
        if name.lower() == b"content-length":
            length = int(value)


def send(message):
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    sys.stdout.buffer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    sys.stdout.buffer.flush()


def ask(method, params):
    global next_id
    next_id += 1
    send({"id": f"{method} {next_id}", "method": method, "params": params})


def note(kind, message):
    with open(LOG, "a", encoding="utf-8") as log:
        log.write(json.dumps({"kind": kind, "process": os.getpid(), **message}) + "\n")


def position(line, character):
    return {"line": line, "character": character}


def span(first, first_character, last, last_character):
    return {"start": position(first, first_character), "end": position(last, last_character)}


def symbol(name, where, detail=None, children=None):
    it = {"name": name, "kind": 12, "range": where, "selectionRange": where}
    if detail is not None:
        it["detail"] = detail
    if children is not None:
        it["children"] = children
    return it


def progress(token, value):
    send({"method": "$/progress", "params": {"token": token, "value": value}})


def execute(identifier, command, argument):
    global held
    uri = argument["uri"]
    if command == "mallard.runTests":
        ask("window/workDoneProgress/create", {"token": "tests"})
        progress("tests", {"kind": "begin", "title": "Run tests of add", "percentage": 0})
        progress("tests", {"kind": "report", "message": "test 1 of 2", "percentage": 50})
        progress("tests", {"kind": "end", "message": "all 2 tests hold"})
        ask("workspace/codeLens/refresh", None)
    elif command == "mallard.debug":
        ask("window/workDoneProgress/create", {"token": 7})
        progress(7, {"kind": "begin", "title": "Debug add", "cancellable": True})
        held = identifier
        return
    elif command == "mallard.generate":
        edit = {"range": span(6, 4, 6, 8), "newText": "return a * b"}
        ask(
            "workspace/applyEdit",
            {"edit": {"documentChanges": [{"textDocument": {"uri": uri, "version": None}, "edits": [edit]}]}},
        )
    elif command == "mallard.explain":
        path = pathlib.Path(FOLDER, "explanation.md")
        path.write_text("# add\n\nIt adds.\n", encoding="utf-8")
        ask("window/showDocument", {"uri": path.as_uri(), "takeFocus": True, "selection": span(2, 0, 2, 0)})
    elif command == "mallard.translate":
        new = uri.replace(".py", ".js")
        edit = {"range": span(0, 0, 0, 0), "newText": "function add(a, b) {}\n"}
        create = {"kind": "create", "uri": new, "options": {"ignoreIfExists": True}}
        change = {"textDocument": {"uri": new, "version": None}, "edits": [edit]}
        ask("workspace/applyEdit", {"edit": {"documentChanges": [create, change]}})
    elif command == "mallard.writeTests":
        send({"id": identifier, "error": {"code": -32803, "message": "there are no tests to be had"}})
        return
    send({"id": identifier, "result": None})


def answer(identifier, method, params):
    if method == "initialize":
        capabilities = {
            "textDocumentSync": {"openClose": True, "change": 2, "save": True},
            "codeLensProvider": {},
            "documentSymbolProvider": True,
            "executeCommandProvider": {"commands": ["mallard." + name for name in COMMANDS]},
        }
        send({"id": identifier, "result": {"capabilities": capabilities}})
    elif method == "textDocument/codeLens":
        uri = params["textDocument"]["uri"]
        command = {
            "title": "Run tests",
            "command": "mallard.runTests",
            "arguments": [{"uri": uri, "problem": "Calculator.add"}],
        }
        send({"id": identifier, "result": [{"range": span(1, 4, 1, 11), "command": command}]})
    elif method == "textDocument/documentSymbol":
        add = symbol("add", span(1, 4, 3, 20), "Calculator.add")
        inner = symbol("inner", span(8, 4, 9, 12), "")
        symbols = [
            symbol("Calculator", span(0, 0, 3, 20), children=[add]),
            symbol("multiply", span(5, 0, 6, 8)),
            symbol("outer", span(7, 0, 10, 16), children=[inner]),
        ]
        send({"id": identifier, "result": symbols})
    elif method == "workspace/executeCommand":
        execute(identifier, params["command"], params["arguments"][0])
    else:
        send({"id": identifier, "result": None})


def hear(method, params):
    global held
    if method == "exit":
        sys.exit(0)
    if method == "initialized":
        ask(
            "workspace/configuration",
            {"items": [{"section": "mallard"}, {"section": "mallard.inlineCompletion"}, {"section": "other"}]},
        )
    if method == "window/workDoneProgress/cancel" and held is not None:
        progress(params["token"], {"kind": "end", "message": "stopped"})
        send({"id": held, "error": {"code": REQUEST_CANCELLED, "message": "stopped"}})
        held = None


while True:
    received = read()
    if "method" not in received:
        note("response", {"id": received.get("id"), "result": received.get("result"), "error": received.get("error")})
        continue
    note("request" if "id" in received else "notification", {"method": received["method"], "params": received.get("params")})
    if "id" in received:
        answer(received["id"], received["method"], received.get("params"))
    else:
        hear(received["method"], received.get("params"))
