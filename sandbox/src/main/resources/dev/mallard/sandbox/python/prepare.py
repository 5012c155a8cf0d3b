# Prepares a fresh context for one program, before any of the program runs. Returns the functions
# that decide and describe what happens in it. These hold what they need in their closures: a
# program that overwrites builtins or its globals changes nothing for them.


def prepare(program_name, tests_name, longest, len=len, type=type):
    import builtins
    import io
    import sys
    from _sitebuiltins import Quitter

    # The site module, which is not loaded, would define these.
    for name in ("quit", "exit"):
        setattr(builtins, name, Quitter(name, "Ctrl-D (i.e. EOF)"))
    # Unbuffered, so that what a program has printed is kept however the program ends.
    for name, errors in (("stdout", "strict"), ("stderr", "backslashreplace")):
        raw = getattr(sys, name).detach().detach()
        stream = io.TextIOWrapper(
            raw, encoding="utf-8", errors=errors, newline="\n", write_through=True)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)

    def cut(text):
        if len(text) <= longest:
            return text
        tail = longest // 4
        return f"{text[:longest - tail]} ... ({len(text)} characters) ... {text[-tail:]}"

    # Operands come as tuples of one, because an expression whose value is None evaluates to the
    # module in the polyglot API.
    def equal(left, right):
        return True if left[0] == right[0] else False

    def holds(condition):
        return True if condition[0] else False

    def show(value):
        try:
            return cut(f"{value[0]!r}")
        except BaseException as error:
            return f"<{type(value[0]).__name__} whose repr raises {type(error).__name__}>"

    def text(value):
        return cut(f"{value[0]}")

    def describe(error):
        # (type, message, line of the program or 0, line of the tests or 0); the last is that of
        # the innermost frame, and 0 where the innermost frame is not the tests'.
        try:
            message = cut(f"{error}")
        except BaseException:
            message = "<exception whose str() fails>"
        program_line = tests_line = 0
        frame = error.__traceback__
        while frame is not None:
            file_name = frame.tb_frame.f_code.co_filename
            tests_line = frame.tb_lineno if file_name == tests_name else 0
            if file_name == program_name:
                program_line = frame.tb_lineno
            frame = frame.tb_next
        return (type(error).__name__, message, program_line, tests_line)

    return (equal, holds, show, text, describe)


prepare
