# Prepares a fresh context for one program, before any of the program runs. Returns the functions
# that decide and describe what happens in it. These hold what they need in their closures: a
# program that overwrites builtins or its globals changes nothing for them.


def harness_tools(program_name, tests_name, longest, len=len, type=type, isinstance=isinstance,
                  abs=abs, zip=zip, any=any, all=all, getattr=getattr):
    import builtins
    import io
    import sys
    from _sitebuiltins import Quitter

    # The site module, which is not loaded, would define these.
    for name in ("quit", "exit"):
        setattr(builtins, name, Quitter(name, "Ctrl-D (i.e. EOF)"))

    # A tracer could make the tests jump over an assert: there are none.
    def refuse_tracing(*_):
        return None

    for name in ("settrace", "setprofile", "_settraceallthreads", "_setprofileallthreads"):
        if hasattr(sys, name):
            setattr(sys, name, refuse_tracing)

    # Unbuffered, so that what a program has printed is kept however the program ends.
    for name, errors in (("stdout", "strict"), ("stderr", "backslashreplace")):
        raw = getattr(sys, name).detach().detach()
        stream = io.TextIOWrapper(
            raw, encoding="utf-8", errors=errors, newline="\n", write_through=True)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)

    COMPARISONS = ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__contains__")
    OPERATORS = {
        "==": lambda left, right: left == right,
        "!=": lambda left, right: left != right,
        "<": lambda left, right: left < right,
        "<=": lambda left, right: left <= right,
        ">": lambda left, right: left > right,
        ">=": lambda left, right: left >= right,
        "is": lambda left, right: left is right,
        "is not": lambda left, right: left is not right,
        "in": lambda left, right: left in right,
        "not in": lambda left, right: left not in right}
    function_type = type(refuse_tracing)
    class_dict = type.__dict__["__dict__"].__get__
    class_order = type.__dict__["__mro__"].__get__
    class_name = type.__dict__["__name__"].__get__
    BUILT_IN = frozenset((type(int.__eq__), type(list.__contains__), type(len), type(None)))
    LIBRARY = ("/", "<frozen ")
    PLAIN = frozenset((int, float, bool, str, bytes, complex, type(None)))

    def cut(text):
        if len(text) <= longest:
            return text
        tail = longest // 4
        return f"{text[:longest - tail]} ... ({len(text)} characters) ... {text[-tail:]}"

    def decides_itself(kind):
        # Whether a class compares by methods that the program has written.
        if kind in PLAIN:
            return False
        for base in class_order(kind):
            methods = class_dict(base)
            for name in COMPARISONS:
                method = methods.get(name)
                if method is None:
                    continue
                if type(method) in BUILT_IN:
                    continue
                if (type(method) is not function_type
                        or not method.__code__.co_filename.startswith(LIBRARY)):
                    return True
        return False

    def genuine(left, right, tests, depth=0):
        # Whether two values that compare as they should do so on their own merits: a value of a
        # class that the program has written, and that the tests do not name, has no say in what it
        # equals among values of other classes.
        first, second = type(left), type(right)
        if first in PLAIN and second in PLAIN:
            return True
        mine, yours = decides_itself(first), decides_itself(second)
        if mine != yours:
            return class_name(first if mine else second) in tests
        if mine or depth > 50:
            return True
        for container in (list, tuple):
            if isinstance(left, container) and isinstance(right, container):
                return all(
                    genuine(one, other, tests, depth + 1)
                    for one, other in zip(container.__iter__(left), container.__iter__(right)))
        if isinstance(left, dict) and isinstance(right, dict):
            return all(
                genuine(value, dict.get(right, key), tests, depth + 1)
                for key, value in dict.items(left))
        for container in (set, frozenset):
            if isinstance(left, container) and isinstance(right, (set, frozenset)):
                return not any(decides_itself(type(one)) for one in container.__iter__(left))
        return True

    def holds(operator, tests, *operands):
        if len(operands) == 1:
            return True if operands[0] else False
        left, right = operands
        if not OPERATORS[operator](left, right):
            return False
        return operator in ("is", "is not") or genuine(left, right, tests)

    def same(actual, expected, tolerance):
        # Structural equality with a value of JSON's kinds.
        kind = type(actual)
        if expected is None:
            return actual is None
        if type(expected) is bool:
            return actual is expected
        if type(expected) in (int, float):
            if kind not in (int, float):
                return False
            if actual == expected:
                return True
            # Not exact, or no number at all: then all comparisons are false.
            return abs(actual - expected) <= max(tolerance, tolerance * abs(expected))
        if type(expected) is str:
            return kind is str and actual == expected
        if type(expected) is list:
            return (kind in (list, tuple) and len(actual) == len(expected)
                    and all(same(one, other, tolerance) for one, other in zip(actual, expected)))
        if not isinstance(actual, dict) or dict.__len__(actual) != len(expected):
            return False
        return all(
            type(key) is str and key in expected and same(value, expected[key], tolerance)
            for key, value in dict.items(actual))

    def show(value):
        try:
            return cut(f"{value!r}")
        except BaseException as error:
            return f"<{type(value).__name__} whose repr raises {type(error).__name__}>"

    def text(value):
        return cut(f"{value}")

    def describe(error):
        # (type, message, line of the program or 0, line of the tests or 0); the last is that of
        # the innermost frame, and 0 where the innermost frame is not the tests'.
        try:
            message = cut(f"{error}")
        except BaseException:
            message = "<exception whose str() fails>"
        if isinstance(error, SystemExit):
            code = 0 if error.code is None else error.code
            message = f"exit status {code}" if type(code) is int else message
        program_line = tests_line = 0
        frame = error.__traceback__
        while frame is not None:
            file_name = frame.tb_frame.f_code.co_filename
            tests_line = frame.tb_lineno if file_name == tests_name else 0
            if file_name == program_name:
                program_line = frame.tb_lineno
            frame = frame.tb_next
        return (type(error).__name__, message, program_line, tests_line)

    def loads(text):
        import json
        return json.loads(text)

    def find(dotted):
        program = globals()
        first, *rest = dotted.split(".")
        if first not in program:
            raise NameError(f"name {first!r} is not defined")
        found = program[first]
        for name in rest:
            found = getattr(found, name)
        return found

    return (holds, same, show, text, describe, loads, find)


harness_tools
