# Splits a test suite into its statements. Runs in a context of its own that no untrusted program
# ever enters, so that a program cannot tamper with its tests.

import ast

COMPOUND = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.TryStar,
            ast.Match)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


# CPython counts columns in bytes of UTF-8; GraalPy 25.0 counts characters.
COLUMNS_ARE_BYTES = ast.parse("'\u00e9'").body[0].end_col_offset == 4


class Text:
    """Source text that gives the characters between two positions of the syntax tree."""

    def __init__(self, source):
        # Of the characters that str.splitlines breaks at, Python's tokenizer knows only these.
        self.lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def column(self, line, offset):
        text = self.lines[line - 1]
        if text.isascii() or not COLUMNS_ARE_BYTES:
            return offset
        return len(text.encode()[:offset].decode())

    def between(self, line, offset, end_line, end_offset):
        start, end = self.column(line, offset), self.column(end_line, end_offset)
        if line == end_line:
            return self.lines[line - 1][start:end]
        return "\n".join(
            [self.lines[line - 1][start:], *self.lines[line:end_line - 1],
             self.lines[end_line - 1][:end]])

    def of(self, node):
        return self.between(node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)


def inside(node):
    """The node and what runs when it runs: nothing within definitions."""
    pending = [node]
    while pending:
        node = pending.pop()
        yield node
        if not isinstance(node, DEFINITIONS):
            pending.extend(ast.iter_child_nodes(node))


def checkers(module):
    """Names of the functions of the suite that assert something."""
    return {
        statement.name
        for statement in module.body
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef))
        and any(isinstance(node, ast.Assert) for node in ast.walk(statement))
    }


def is_test(statement, checkers):
    if isinstance(statement, ast.Assert):
        return True
    if not isinstance(statement, (ast.Expr, *COMPOUND)):
        return False
    return any(
        isinstance(node, ast.Assert)
        or isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in checkers
        for node in inside(statement))


def whole(text, statement):
    """First line and text of a statement, with its decorators."""
    decorators = getattr(statement, "decorator_list", [])
    if not decorators:
        return statement.lineno, text.of(statement)
    first = decorators[0]
    # A decorator's position is that of its expression, after the "@".
    return first.lineno, "@" + text.between(
        first.lineno, first.col_offset, statement.end_lineno, statement.end_col_offset)


def part(text, node):
    return (node.lineno, text.of(node))


def split(source):
    """
    Returns ("malformed", message, line, column), or ("suite", statements, assertions):
    statements are (is_test, line, text, operands, message), where operands are the two sides of an
    equality, or the condition alone, of an assert, and message is what follows its comma; all of
    these are lists of (line, text). Assertions are (line, last line, text) of every assert that
    stands inside another statement.
    """
    try:
        module = ast.parse(source)
        # What only the compiler finds, such as a return outside of a function.
        compile(source, "tests.py", "exec", dont_inherit=True)
    except SyntaxError as error:
        return ("malformed", f"{type(error).__name__}: {error.msg}", error.lineno or 1,
                error.offset or 1)
    except (RecursionError, MemoryError, ValueError) as error:
        return ("malformed", f"{type(error).__name__}: {error}", 1, 1)
    text = Text(source)
    asserting = checkers(module)
    statements, assertions = [], []
    for statement in module.body:
        operands, message = [], []
        if isinstance(statement, ast.Assert):
            condition = statement.test
            if (isinstance(condition, ast.Compare) and len(condition.ops) == 1
                    and isinstance(condition.ops[0], ast.Eq)):
                operands = [part(text, condition.left), part(text, condition.comparators[0])]
            else:
                operands = [part(text, condition)]
            if statement.msg is not None:
                message = [part(text, statement.msg)]
        else:
            assertions.extend(
                (node.lineno, node.end_lineno, text.of(node))
                for node in ast.walk(statement)
                if isinstance(node, ast.Assert))
        statements.append((is_test(statement, asserting), *whole(text, statement), operands,
                           message))
    return ("suite", statements, assertions)


split
