"""Runs a program and its tests in CPython, and writes down how that ended.

Arguments: the program, its tests, the file for the result, the memory limit in bytes.
"""

import ast
import json
import resource
import sys


def main(program_path, tests_path, result_path, memory):
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with open(program_path, encoding="utf-8") as file:
        program = file.read()
    with open(tests_path, encoding="utf-8") as file:
        tests = file.read()

    def say(kind, error=None):
        with open(result_path, "w", encoding="utf-8") as file:
            json.dump({"kind": kind, "type": type(error).__name__, "message": str(error)[:300]}, file)

    try:
        code = compile(program, "program", "exec")
    except MemoryError as error:
        return say("OUT_OF_MEMORY", error)
    except (SyntaxError, ValueError, RecursionError) as error:
        return say("MALFORMED", error)
    statements = [
        compile(ast.Module([statement], []), "tests", "exec") for statement in ast.parse(tests).body
    ]
    namespace = {"__name__": "__main__"}
    in_tests = False
    try:
        exec(code, namespace)
        in_tests = True
        for statement in statements:
            exec(statement, namespace)
    except MemoryError as error:
        return say("OUT_OF_MEMORY", error)
    except SystemExit as error:
        return say("CRASHED" if in_tests or statements or error.code else "PASSED", error)
    except AssertionError as error:
        innermost = error.__traceback__
        while innermost.tb_next:
            innermost = innermost.tb_next
        of_tests = innermost.tb_frame.f_code.co_filename == "tests"
        return say("FAILED" if of_tests else "CRASHED", error)
    except BaseException as error:
        return say("CRASHED", error)
    say("PASSED")


main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
