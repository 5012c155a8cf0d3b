# Splits a test suite and makes it ready to run. This happens before any of the program runs, so
# nothing here can have been tampered with; what comes of it is code and positions.
#
# Each statement of the top level becomes a function without arguments that Mallard calls. Each
# assert that stands outside of a try becomes calls of Mallard's own: of begin(number), then of
# check(number, operator, operands) with the operands' values; so all of them run, and whether one
# holds is decided and kept outside of Python. The builtins and the modules that the tests use are
# locals of these functions, so that what the program does to its globals, to builtins or to a
# module does not change the tests.


def suite_tools(tests_name):
    import builtins
    import sys

    ONLY_AST = 0x400
    function_type = type(lambda: None)
    code_type = type((lambda: None).__code__)
    pristine = dict(vars(builtins))
    import_module = builtins.__import__
    MODULES = frozenset((
        "bisect", "cmath", "collections", "copy", "datetime", "decimal", "fractions", "functools",
        "heapq", "itertools", "json", "math", "operator", "random", "re", "statistics", "string"))
    CALLBACKS = ("_mallard_begin", "_mallard_check", "_mallard_explain", "_mallard_compare")
    MOST_SUITES = 16
    suites = {}
    DEFINITIONS = ("FunctionDef", "AsyncFunctionDef", "ClassDef")

    def kind(node):
        return type(node).__name__

    def children(node):
        for field in node._fields:
            value = getattr(node, field, None)
            if isinstance(value, list):
                yield from (child for child in value if hasattr(child, "_fields"))
            elif hasattr(value, "_fields"):
                yield value

    def walk(node):
        pending = [node]
        while pending:
            node = pending.pop()
            yield node
            pending.extend(children(node))

    class Text:
        # The characters between two positions of the syntax tree.
        def __init__(self, source):
            # Of the characters that str.splitlines breaks at, the tokenizer knows only these.
            self.lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            # CPython counts columns in bytes of UTF-8; GraalPy 25.0 counts characters.
            probe = compile("'\u00e9'", "probe", "eval", ONLY_AST).body
            self.in_bytes = probe.end_col_offset == 4

        def column(self, line, offset):
            text = self.lines[line - 1]
            if not self.in_bytes or text.isascii():
                return offset
            return len(text.encode()[:offset].decode())

        def of(self, node):
            first, last = node.lineno, node.end_lineno
            start = self.column(first, node.col_offset)
            end = self.column(last, node.end_col_offset)
            if first == last:
                return self.lines[first - 1][start:end]
            return "\n".join(
                [self.lines[first - 1][start:], *self.lines[first:last - 1],
                 self.lines[last - 1][:end]])

    def bound(statement):
        # Names that a statement binds in the scope that it stands in.
        names = set()
        pending = [statement]
        while pending:
            node = pending.pop()
            name = kind(node)
            if name in DEFINITIONS:
                names.add(node.name)
                pending.extend(node.decorator_list)
                continue
            if name == "Lambda":
                continue
            if name == "Name" and kind(node.ctx) != "Load":
                names.add(node.id)
            elif name in ("Import", "ImportFrom"):
                names.update((a.asname or a.name.partition(".")[0]) for a in node.names)
            elif name == "ExceptHandler" and node.name:
                names.add(node.name)
            elif name in ("MatchAs", "MatchStar") and node.name:
                names.add(node.name)
            elif name == "MatchMapping" and node.rest:
                names.add(node.rest)
            pending.extend(children(node))
        return names

    def parameters(node):
        arguments = node.args
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        every += [a for a in (arguments.vararg, arguments.kwarg) if a is not None]
        return {argument.arg for argument in every}

    def compiled(tree):
        return compile(tree, tests_name, "exec", 0, True)

    def load(template):
        return compile(template, tests_name, "exec", ONLY_AST).body

    def placed(node, like):
        for inner in walk(node):
            if "lineno" in inner._attributes:
                inner.lineno, inner.col_offset = like.lineno, like.col_offset
                inner.end_lineno, inner.end_col_offset = like.end_lineno, like.end_col_offset
        return node

    OPERATORS = {"Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=",
                 "Is": "is", "IsNot": "is not", "In": "in", "NotIn": "not in"}

    class Rewriter:
        # Replaces asserts in place.
        def __init__(self, text):
            self.text = text
            self.tests = []
            self.unconditional = set()

        def block(self, statements, inside_try, unconditional):
            result = []
            for statement in statements:
                if kind(statement) == "Assert":
                    result.extend(self.assertion(statement, inside_try, unconditional))
                else:
                    self.inner(statement, inside_try, unconditional)
                    result.append(statement)
            return result

        def inner(self, statement, inside_try, unconditional):
            name = kind(statement)
            function = name in ("FunctionDef", "AsyncFunctionDef")
            if function:
                inside_try = False
                unconditional = not any(
                    kind(node) in ("Return", "Yield", "YieldFrom") for node in walk(statement))
            elif name not in ("With", "AsyncWith"):
                unconditional = False
            for field in statement._fields:
                value = getattr(statement, field, None)
                if not isinstance(value, list) or not value:
                    continue
                tried = inside_try or name in ("Try", "TryStar") and field == "body"
                if field in ("body", "orelse", "finalbody"):
                    setattr(statement, field, self.block(value, tried, unconditional))
                elif field in ("handlers", "cases"):
                    for part in value:
                        part.body = self.block(part.body, tried, False)

        def assertion(self, statement, inside_try, unconditional):
            condition = statement.test
            if kind(condition) == "Compare" and len(condition.ops) == 1:
                operator = OPERATORS[kind(condition.ops[0])]
                operands = [condition.left, condition.comparators[0]]
            else:
                operator, operands = "", [condition]
            if inside_try:
                # Raises as ever, because what the try makes of it decides.
                call, = load("_mallard_compare(0)")
                compare = placed(call.value, condition)
                compare.args = [constant(operator, condition), *operands]
                statement.test = compare
                return [statement]
            number = len(self.tests) + 1
            self.tests.append((
                self.text.of(statement), statement.lineno, statement.end_lineno,
                self.text.of(operands[0]) if operator == "==" else ""))
            if unconditional:
                self.unconditional.add(number)
            begin, check = load("_mallard_begin(0)\n_mallard_check(0) or _mallard_explain(0)")
            begin, check = placed(begin, statement), placed(check, statement)
            begin.value.args = [constant(number, statement)]
            first, second = check.value.values
            first.args = [constant(number, statement), constant(operator, statement), *operands]
            second.args = [constant(number, statement)]
            if statement.msg is not None:
                second.args.append(statement.msg)
            else:
                check.value = first
            return [begin, check]

    def constant(value, like):
        return placed(compile(repr(value), tests_name, "eval", ONLY_AST).body, like)

    def wrapped(statement, names, global_names):
        header = "def statement(" + ", ".join(names) + "):\n"
        if global_names:
            header += " global " + ", ".join(global_names) + "\n"
        tree = compile(header + " pass\n", tests_name, "exec", ONLY_AST)
        tree.body[0].body[-1:] = statement
        code = compiled(tree)
        return next(c for c in code.co_consts if isinstance(c, code_type))

    def module_copy(name):
        module = import_module(name)
        copied = type(sys)(name)
        vars(copied).update(vars(module))
        return copied

    def analysis(source):
        # ("malformed", message, line, column), or ("suite", tree).
        try:
            tree = compile(source, tests_name, "exec", ONLY_AST, True)
            # What only the compiler finds, such as a return outside of a function.
            compile(source, tests_name, "exec", 0, True)
        except SyntaxError as error:
            return ("malformed", f"{type(error).__name__}: {error.msg}", error.lineno or 1,
                    error.offset or 1)
        except (RecursionError, MemoryError, ValueError) as error:
            return ("malformed", f"{type(error).__name__}: {error}", 1, 1)
        return ("suite", tree)

    def check(source):
        result = analysis(source)
        return result if result[0] == "malformed" else ("suite",)

    def split(source, begin, check, explain, compare):
        """
        Returns what analysis returns, or ("suite", statements, tests). Statements are (function, text,
        numbers of the tests that must run in it, numbers of those that may, whether its asserts
        raise as they are); tests are (text, line, last line, left side of an equality or "").
        """
        suite = suites.get(source)
        if suite is None:
            suite = compiled_suite(source)
            if suite[0] == "malformed":
                return suite
            if len(suites) >= MOST_SUITES:
                suites.clear()
            suites[source] = suite
        program = globals()
        callbacks = {"_mallard_begin": begin, "_mallard_check": check,
                     "_mallard_explain": explain, "_mallard_compare": compare}
        statements = []
        values = suite[3]
        for code, names, text, must, may in suite[1]:
            if names is None:
                function = plain(code, program)
            else:
                function = function_type(
                    code, program, "statement",
                    tuple(callbacks[name] if name in callbacks else values[name] for name in names))
            statements.append((function, text, must, may, names is None))
        return ("suite", statements, suite[2])

    def compiled_suite(source):
        # What split returns, but with its code and the names of its parameters for each function,
        # and the values that go by these names. Without names, the code runs in the program's
        # namespace.
        parsed = analysis(source)
        if parsed[0] == "malformed":
            return parsed
        tree = parsed[1]
        text = Text(source)
        rewriter = Rewriter(text)
        suite_binds, used = set(), set()
        plain_imports, from_imports = set(), {}
        for node in walk(tree):
            name = kind(node)
            if name == "Name" and kind(node.ctx) == "Load":
                used.add(node.id)
            elif name in ("FunctionDef", "AsyncFunctionDef", "Lambda"):
                suite_binds |= parameters(node)
        for statement in tree.body:
            name = kind(statement)
            if name == "Import" and all(
                    a.asname is None and a.name in MODULES for a in statement.names):
                plain_imports.update(a.name for a in statement.names)
            elif name == "ImportFrom" and statement.module in MODULES and not statement.level:
                from_imports.update(
                    (a.asname or a.name, (statement.module, a.name)) for a in statement.names)
            else:
                for node in walk(statement):
                    if kind(node) in DEFINITIONS:
                        suite_binds.add(node.name)
                        for inner in node.body:
                            suite_binds |= bound(inner)
                suite_binds |= bound(statement)
        free = used - suite_binds - plain_imports - set(from_imports)
        # If a suite calls nothing but builtins, the program has defined one of these.
        values = {}
        if any(name not in pristine and name not in MODULES for name in free):
            values.update((name, pristine[name]) for name in free if name in pristine)
        for name in (free & MODULES) | (plain_imports & used):
            values[name] = module_copy(name)
        for name, (module, attribute) in from_imports.items():
            if name in used and name not in suite_binds and attribute != "*":
                found = vars(import_module(module)).get(attribute)
                if found is not None:
                    values[name] = found
        parameters_of_all = [*values, *CALLBACKS]

        originals = [text.of(statement) for statement in tree.body]
        uses = [{node.id for node in walk(s) if kind(node) == "Name"} for s in tree.body]
        binds = [bound(statement) for statement in tree.body]
        bodies, own = [], []
        for statement in tree.body:
            before = len(rewriter.tests)
            bodies.append(rewriter.block([statement], False, True))
            own.append(range(before + 1, len(rewriter.tests) + 1))
        defined = {
            statement.name: index for index, statement in enumerate(tree.body)
            if kind(statement) in DEFINITIONS}
        statements = []
        for index, statement in enumerate(tree.body):
            must, may = set(), set()
            if kind(statement) not in DEFINITIONS:
                may.update(own[index])
                pending, seen = list(uses[index]), set()
                while pending:
                    name = pending.pop()
                    if name in defined and name not in seen:
                        seen.add(name)
                        may.update(own[defined[name]])
                        pending.extend(uses[defined[name]])
                must.update(number for number in own[index] if number in rewriter.unconditional)
                called = called_name(statement)
                if called in defined and kind(tree.body[defined[called]]) == "FunctionDef":
                    must.update(
                        number for number in own[defined[called]]
                        if number in rewriter.unconditional)
            names = sorted(
                name for name in parameters_of_all
                if name not in binds[index] and (name in uses[index] or name in CALLBACKS))
            try:
                code = wrapped(bodies[index], names, sorted(binds[index]))
            except SyntaxError:
                # What only a module may hold, such as an import of *: it runs in the program's
                # namespace as it is.
                names = None
                raw = compile(source, tests_name, "exec", ONLY_AST, True)
                raw.body = [raw.body[index]]
                code = compiled(raw)
            statements.append(
                (code, names, originals[index], sorted(must), sorted(may - must)))
        return ("suite", statements, rewriter.tests, values)

    def called_name(statement):
        if (kind(statement) == "Expr" and kind(statement.value) == "Call"
                and kind(statement.value.func) == "Name"):
            return statement.value.func.id
        return ""

    def plain(code, program, exec=exec):
        def statement():
            exec(code, program)
        return statement

    return (check, split)


suite_tools
