import ast
import re

COMPOUND = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.If,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.With,
    ast.AsyncWith,
    ast.Try,
    ast.TryStar,
    ast.Match,
    ast.ExceptHandler,
    ast.match_case,
)
CHOICES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Match, ast.match_case)


def first_line(node):
    """The line of the node's first character, decorators included."""
    if isinstance(node, ast.match_case):
        return node.pattern.lineno
    return min([node.lineno] + [d.lineno for d in getattr(node, "decorator_list", [])])


def named_line(node):
    return node.pattern.lineno if isinstance(node, ast.match_case) else node.lineno


def suites(node):
    """The lists of statements in a compound statement."""
    parts = [getattr(node, name, []) for name in ("body", "orelse", "finalbody")]
    return [part for part in parts if part]


def parameters(arguments):
    names = [*arguments.posonlyargs, *arguments.args]
    names += [arguments.vararg] if arguments.vararg else []
    names += arguments.kwonlyargs
    names += [arguments.kwarg] if arguments.kwarg else []
    return [name.arg for name in names]


def observed_program(program):
    """Puts a `pass` at the end of every suite, and says which lines mean what.

    What the compiler adds at the end of a suite, such as the jump back to the head of a loop or
    the return at the end of a function, belongs to the last line that it has seen, and looks as
    if that line were executed. The `pass` takes it.
    """
    tree = ast.parse(program)
    lines = re.split("\r\n|\r|\n", program)
    begins = {}
    choices = set()
    functions = []
    ends = {}

    def end_suite(suite):
        line = lines[first_line(suite[0]) - 1]
        indent = line[: len(line) - len(line.lstrip())]
        start = suite[0].col_offset
        if len(indent.encode()) == start or getattr(suite[0], "decorator_list", []):
            ends.setdefault(suite[-1].end_lineno, []).append(indent + "pass")

    def mark(node):
        line = named_line(node)
        body = getattr(node, "body", None)
        if not isinstance(node, COMPOUND):
            last = node.end_lineno
        elif body:
            last = max(first_line(node), first_line(body[0]) - 1)
        else:
            last = line
        for covered in range(first_line(node), last + 1):
            begins[covered] = line
        if isinstance(node, CHOICES):
            choices.add(line)

    def describe(node):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            add(node.name, node, parameters(node.args), False)
        elif isinstance(node, ast.Lambda):
            add("<lambda>", node, parameters(node.args), False)
        elif isinstance(node, ast.ClassDef):
            add(node.name, node, [], True)

    def add(name, node, names, is_class):
        functions.append((name, first_line(node), node.lineno, node.lineno, names, is_class))

    def visit(node):
        if isinstance(node, (ast.stmt, ast.ExceptHandler, ast.match_case)):
            mark(node)
        describe(node)
        for child in ast.iter_child_nodes(node):
            visit(child)
        if isinstance(node, (*COMPOUND, ast.Module)):
            for suite in suites(node):
                end_suite(suite)

    visit(tree)
    text = []
    meaning = []
    moved = {}
    for number, line in enumerate(lines, 1):
        text.append(line)
        meaning.append(begins.get(number, 0))
        moved[number] = len(text)
        for added in ends.get(number, []):
            text.append(added)
            meaning.append(0)
    result = "\n".join(text)
    ast.parse(result)  # Fails where a suite ends in a way that was not thought of.
    placed = [
        (name, moved[first], moved[last], line, names, is_class)
        for name, first, last, line, names, is_class in functions
    ]
    return result, meaning, sorted(choices), placed


observed_program
