# Tells which programs are tidy: they cannot leave anything behind in the interpreter that they ran
# in but names in their own namespace, which reset() takes away again. Tidy programs can share an
# interpreter, one after the other; all others get a fresh one each.
#
# A program is tidy if its syntax tree holds nothing but what is listed here. Everything that could
# change, or show, what other programs see is missing: attributes are never assigned, and only those
# are read that are methods of built-in types or listed functions and constants of a module; so no
# dictionary of a module or a class, no frame and no traceback can be reached. What only a class, a
# context manager, a finalizer or input could do is missing as well. An exception that may have
# interrupted the library in the middle of something, such as RecursionError, cannot be caught; that
# it is not raised either, whoever runs the program has to see to.


def tidy_tools():
    import builtins
    import math

    __import__ = builtins.__import__
    ONLY_AST = 0x400
    program = globals()
    initial = {name: value for name, value in program.items() if name != "tidy_tools"}

    def words(*texts):
        return frozenset(" ".join(texts).split())

    MODULES = words(
        "bisect cmath collections copy functools heapq itertools math operator re statistics"
        " string sys typing")
    NODES = words(
        # Statements
        "Module FunctionDef Return Delete Assign AugAssign AnnAssign For While If Raise Try Assert"
        " Import ImportFrom Global Nonlocal Expr ExceptHandler alias",
        # Expressions
        "BoolOp NamedExpr BinOp UnaryOp Lambda IfExp Dict Set ListComp SetComp DictComp"
        " GeneratorExp comprehension Yield YieldFrom Compare Call keyword FormattedValue JoinedStr"
        " Attribute Subscript Starred Name List Tuple Slice arguments arg")
    # Nodes that say nothing but that they are there.
    LEAVES = words(
        "Constant Pass Break Continue Load Store Del And Or Add Sub Mult MatMult Div Mod Pow LShift"
        " RShift BitOr BitXor BitAnd FloorDiv Invert Not UAdd USub Eq NotEq Lt LtE Gt GtE Is IsNot"
        " In NotIn")
    CAUGHT = words(
        "ArithmeticError AssertionError AttributeError IndexError KeyError LookupError NameError"
        " OverflowError StopIteration TypeError UnicodeDecodeError UnicodeEncodeError UnicodeError"
        " ValueError ZeroDivisionError")
    BUILTINS = CAUGHT | words(
        "BaseException Ellipsis EOFError Exception False NotImplemented NotImplementedError None RuntimeError True abs all any ascii bin bool"
        " bytearray bytes callable chr complex dict divmod enumerate filter float format frozenset"
        " hash hex int isinstance issubclass iter len list map max min next object oct ord pow"
        " print range repr reversed round set slice sorted str sum tuple zip")
    FORBIDDEN = frozenset(vars(builtins)) - BUILTINS
    ATTRIBUTES = frozenset(name for name in vars(math) if not name.startswith("_")) | words(
        # int, float, complex
        "as_integer_ratio bit_count bit_length conjugate denominator from_bytes fromhex hex imag"
        " is_integer numerator phase polar real rect to_bytes",
        # str, bytes, bytearray
        "capitalize casefold center count decode encode endswith expandtabs find format index"
        " isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable"
        " isspace istitle isupper join ljust lower lstrip maketrans partition removeprefix"
        " removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines"
        " startswith strip swapcase title translate upper zfill",
        # list, tuple, deque
        "append appendleft clear copy extend extendleft insert pop popleft remove reverse rotate"
        " sort",
        # dict, set, Counter, OrderedDict
        "add difference difference_update discard elements fromkeys get intersection"
        " intersection_update isdisjoint issubset issuperset items keys most_common move_to_end"
        " popitem setdefault subtract symmetric_difference symmetric_difference_update total union"
        " update values",
        # re
        "A ASCII DOTALL I IGNORECASE M MULTILINE S U UNICODE VERBOSE X compile end escape findall"
        " finditer fullmatch group groupdict groups match search span start sub subn",
        # bisect, collections, copy, functools, heapq
        "Counter OrderedDict bisect bisect_left bisect_right cache cmp_to_key deepcopy defaultdict"
        " deque heapify heappop heappush heappushpop heapreplace insort insort_left insort_right"
        " lru_cache merge nlargest nsmallest partial reduce",
        # itertools
        "accumulate batched chain combinations combinations_with_replacement compress cycle"
        " dropwhile filterfalse from_iterable groupby islice pairwise permutations product repeat"
        " starmap takewhile tee zip_longest",
        # operator
        "and_ concat contains eq floordiv ge gt itemgetter le lt mod mul ne neg not_ or_ sub truediv"
        " xor",
        # statistics
        "fmean geometric_mean harmonic_mean mean median median_high median_low mode multimode"
        " pstdev pvariance quantiles stdev variance",
        # string
        "ascii_letters ascii_lowercase ascii_uppercase digits hexdigits octdigits punctuation"
        " whitespace",
        # sys, typing
        "maxsize Any Callable Collection DefaultDict Deque Dict FrozenSet Generator Hashable"
        " Iterable Iterator List Literal Mapping Optional Sequence Set Tuple TypeVar Union",
        # Exceptions
        "args")

    def is_name(text):
        return not text.startswith("__") and text not in FORBIDDEN

    def is_bindable(text):
        # An exception of another meaning would let "except ValueError" catch everything.
        return is_name(text) and text not in CAUGHT

    def is_plain_type_call(node):
        # type(value) only says what there is; with three arguments, it makes a class.
        return (node.func.__class__.__name__ == "Name" and node.func.id == "type"
                and len(node.args) == 1 and not node.keywords
                and node.args[0].__class__.__name__ != "Starred")

    def is_caught(handler):
        kinds = handler.type
        if kinds is None:
            return False
        for kind in (kinds.elts if kinds.__class__.__name__ == "Tuple" else [kinds]):
            if kind.__class__.__name__ != "Name" or kind.id not in CAUGHT:
                return False
        return handler.name is None or is_bindable(handler.name)

    def is_allowed(name, node):
        if name == "Name":
            return (is_name if node.ctx.__class__.__name__ == "Load" else is_bindable)(node.id)
        if name == "Attribute":
            return node.attr in ATTRIBUTES and node.ctx.__class__.__name__ == "Load"
        if name == "arg":
            return is_bindable(node.arg)
        if name == "FunctionDef":
            return is_bindable(node.name)
        if name == "Import":
            return all(alias.name in MODULES and is_bindable(alias.asname or alias.name)
                       for alias in node.names)
        if name == "ImportFrom":
            return (not node.level and node.module in MODULES
                    and all(alias.name in ATTRIBUTES and is_bindable(alias.asname or alias.name)
                            for alias in node.names))
        if name == "ExceptHandler":
            return is_caught(node)
        if name == "Try":
            return not node.finalbody
        if name in ("Global", "Nonlocal"):
            return all(is_bindable(each) for each in node.names)
        return True

    def is_tidy_tree(tree):
        pending = [tree]
        while pending:
            node = pending.pop()
            name = node.__class__.__name__
            if name in LEAVES:
                continue
            if name not in NODES or not is_allowed(name, node):
                return False
            if name == "Call" and is_plain_type_call(node):
                pending.append(node.args[0])
                continue
            for field in node._fields:
                value = getattr(node, field)
                if value.__class__ is list:
                    for child in value:
                        if hasattr(child, "_fields"):
                            pending.append(child)
                elif hasattr(value, "_fields"):
                    pending.append(value)
        return True

    known = {}

    def is_tidy(source, keep):
        result = known.get(source)
        if result is None:
            try:
                result = is_tidy_tree(compile(source, "tidy", "exec", ONLY_AST, True))
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                result = False
            if keep:
                if len(known) >= 64:
                    known.clear()
                known[source] = result
        return result

    def reset():
        program.clear()
        program.update(initial)

    waiting = sorted(MODULES)

    def preload():
        # Imports a module that programs may want; returns whether there are more.
        __import__(waiting.pop())
        return bool(waiting)

    return (is_tidy, reset, preload)


tidy_tools
