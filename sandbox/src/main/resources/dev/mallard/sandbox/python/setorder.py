# Gives sets of numbers the order that CPython has them in. GraalPy keeps the elements of a set in the
# order in which they were added; CPython keeps them in a hash table, whose order is that of the
# numbers as long as they are small. Programs that make a list of a set, or take one element, show it,
# and tests expect it.
#
# A program that says nothing of sets runs as it is. In others, what is iterated over is put in
# order first, by a call that is written into the program's text; no line changes its number.
#
# What is computed is the table of CPython's setobject.c (3.7 and later) into which the elements come
# one by one in the order of GraalPy's set. What cannot be known is what was removed before, and that
# elements came from another set in one go, which makes a smaller table; and the order of strings,
# which in CPython is another one in each process.


def setorder_tools():
    import builtins

    ONLY_AST = 0x400
    ORDERED = "__mallard_ordered__"
    FIRST = "__mallard_first__"
    MOST_ELEMENTS = 512
    MOST_TO_POP_FROM = 64
    # A table with so many elements or more has that size.
    STEPS = ((5, 32), (19, 128), (77, 512), (307, 2048))
    LINEAR_PROBES = 9
    WORD = (1 << 64) - 1
    SETS = frozenset(("set", "frozenset"))
    ITERATING = frozenset((
        "Counter accumulate chain combinations cycle deque dict enumerate extend filter from_iterable"
        " fromkeys islice iter join list map max min permutations print product reduce repr sorted"
        " str tuple zip").split())
    MAYBE_SETS = frozenset(("Name", "Call", "Attribute", "Subscript", "Set", "SetComp", "BinOp"))
    # What these return is never a set.
    NO_SETS = frozenset((
        "Counter abs bin chr dict dir divmod enumerate filter float format hash hex id input int items"
        " iter join keys len list lower map oct open ord pow range read readlines repr reversed"
        " round sorted split splitlines str strip sum tuple upper values zip").split())
    SET_OPERATORS = frozenset(("BitOr", "BitAnd", "BitXor", "Sub"))

    def tuple_hash(items):
        # CPython's tupleobject.c, a simplified xxHash; GraalPy's own differs.
        total = 2870177450012600261
        for item in items:
            total = (total + (number_hash(item) & WORD) * 14029467366897019727) & WORD
            total = ((total << 31) | (total >> 33)) & WORD
            total = total * 11400714785074694791 & WORD
        total = (total + (len(items) ^ 2870177450012600261 ^ 3527539)) & WORD
        return 1546275796 if total == WORD else total

    def number_hash(item):
        kind = type(item)
        if kind is int or kind is float or kind is bool:
            return hash(item)
        if kind is tuple:
            return tuple_hash(item)
        raise LookupError

    def insert(table, item, code):
        mask = len(table) - 1
        perturb = code
        index = code & mask
        while True:
            last = index + LINEAR_PROBES if index + LINEAR_PROBES <= mask else index
            for place in range(index, last + 1):
                if table[place] is None:
                    table[place] = (item, code)
                    return
            perturb >>= 5
            index = (index * 5 + 1 + perturb) & mask

    def in_order(items):
        # Raises LookupError for elements whose hash CPython does not say.
        table = [None] * 8
        used = 0
        for item in items:
            insert(table, item, number_hash(item) & WORD)
            used += 1
            if used * 5 >= (len(table) - 1) * 3:
                size = 8
                while size <= used * 4:
                    size *= 2
                old = table
                table = [None] * size
                for entry in old:
                    if entry is not None:
                        insert(table, *entry)
        return [entry[0] for entry in table if entry is not None]

    def is_same(items, others):
        for item, other in zip(items, others):
            if item is not other:
                return False
        return True

    def is_small(items, size):
        # Whether each is its own place in a table of that size.
        for item in items:
            if type(item) is not int or not 0 <= item < size:
                return False
        return True

    def table_size(used):
        size = 8
        for least, grown in STEPS:
            if used >= least:
                size = grown
        return size

    def ordered(value):
        kind = type(value)
        if kind is not set and kind is not frozenset or not 1 < len(value) <= MOST_ELEMENTS:
            return value
        items = list(value)
        if is_small(items, table_size(len(items))):
            wanted = sorted(items)
        else:
            try:
                wanted = in_order(items)
            except LookupError:
                return value
        if is_same(items, wanted):
            return value
        if kind is frozenset:
            return frozenset(wanted)
        value.clear()
        value.update(wanted)
        return value

    def first(value):
        # Something whose pop() returns what the value's own would.
        if type(value) is not set or not 1 < len(value) <= MOST_TO_POP_FROM:
            return value
        for item in ordered(value):
            break
        value.remove(item)
        return [item]

    def kind_of(node):
        return node.__class__.__name__

    def name_of(function):
        name = kind_of(function)
        return function.id if name == "Name" else function.attr if name == "Attribute" else ""

    def walk(tree):
        pending = [tree]
        while pending:
            node = pending.pop()
            yield node
            for field in node._fields:
                value = getattr(node, field, None)
                if value.__class__ is list:
                    pending.extend(child for child in value if hasattr(child, "_fields"))
                elif hasattr(value, "_fields"):
                    pending.append(value)

    def speaks_of_sets(tree):
        for node in walk(tree):
            name = kind_of(node)
            if name in ("Set", "SetComp") or name == "Name" and node.id in SETS:
                return True
        return False

    def may_be_set(node):
        name = kind_of(node)
        if name == "Call":
            return name_of(node.func) not in NO_SETS
        if name == "BinOp":
            return kind_of(node.op) in SET_OPERATORS
        return name in MAYBE_SETS

    def iterated(node):
        # The expressions that a node iterates over.
        name = kind_of(node)
        if name in ("For", "AsyncFor", "comprehension"):
            return [node.iter]
        if name == "Call" and name_of(node.func) in ITERATING:
            # max(a, b) compares its arguments themselves.
            return [] if len(node.args) > 1 and name_of(node.func) in ("max", "min") else node.args
        if name == "Starred" and kind_of(node.ctx) == "Load" or name == "FormattedValue":
            return [node.value]
        if name == "Assign" and kind_of(node.targets[0]) in ("Tuple", "List"):
            return [node.value]
        return []

    def is_pop(node):
        return (kind_of(node) == "Call" and kind_of(node.func) == "Attribute"
                and node.func.attr == "pop" and not node.args and not node.keywords)

    def edits(tree, lines):
        # (line, column, rank, text): what is inserted where; of one place, the lowest rank is first.
        def call(function, node):
            start, end = (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)
            # An outer expression opens before and closes after an inner one.
            yield (*start, 1, -end[0], -end[1], function + "(")
            yield (*end, 0, -start[0], -start[1], ")")

        for node in walk(tree):
            name = kind_of(node)
            if name == "Name" and not lines[node.lineno - 1].startswith(node.id, node.col_offset):
                raise LookupError("The position of " + node.id + " is not known")
            for value in iterated(node):
                if may_be_set(value) and not (name == "FormattedValue" and is_shown(value, lines)):
                    yield from call(ORDERED, value)
            if is_pop(node):
                yield from call(FIRST, node.func.value)

    def is_shown(value, lines):
        # f"{value=}" holds the text of the expression.
        return lines[value.end_lineno - 1][value.end_col_offset:].lstrip().startswith("=")

    def rewrite(source, tests):
        """
        Returns a program's text with what puts sets in order, or as it is if it, and its tests, do not
        speak of sets, or it does not parse.
        """
        try:
            tree = compile(source, "program", "exec", ONLY_AST, True)
            if not speaks_of_sets(tree) and not (
                    tests and speaks_of_sets(compile(tests, "tests", "exec", ONLY_AST, True))):
                return source
            # Of the characters that str.splitlines breaks at, the tokenizer knows only these.
            lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            places = sorted(edits(tree, lines), reverse=True)
            for line, column, _, _, _, text in places:
                old = lines[line - 1]
                lines[line - 1] = old[:column] + text + old[column:]
            result = "\n".join(lines)
            compile(result, "program", "exec", ONLY_AST, True)
            return result
        except (SyntaxError, ValueError, LookupError, RecursionError, MemoryError):
            return source

    setattr(builtins, ORDERED, ordered)
    setattr(builtins, FIRST, first)
    return rewrite


setorder_tools
