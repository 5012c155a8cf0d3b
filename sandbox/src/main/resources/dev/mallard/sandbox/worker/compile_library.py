# Compiles the modules of the library that programs use most, and those that these import.
import os
import py_compile
import sys

USED = """
_sitebuiltins abc argparse array ast base64 bisect calendar cmath codecs collections collections.abc
contextlib copy copyreg csv dataclasses datetime decimal difflib enum fractions functools hashlib
heapq inspect io itertools json keyword linecache locale logging math numbers operator os pathlib
pprint queue random re secrets statistics stat string struct sys textwrap threading time tokenize
traceback types typing unittest uuid warnings weakref zlib
""".split()

for name in USED:
    try:
        __import__(name)
    except ImportError:
        pass

library = os.path.dirname(os.__file__)
for name in sorted(sys.modules):
    module = os.path.join(library, name.replace(".", "/"))
    for file in (module + ".py", module + "/__init__.py"):
        if os.path.exists(file):
            # Unchecked: the folder does not change, and its files' times may when it is copied.
            py_compile.compile(
                file, doraise=True,
                invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
