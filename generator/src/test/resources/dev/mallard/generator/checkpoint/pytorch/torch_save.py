"""Writes files as torch.save of PyTorch 2.7 does: with CPython's own pickle, of classes that bear PyTorch's names.

    python3 torch_save.py resources .       made the files beside this one, with CPython 3.11
    python3 torch_save.py convert model.safetensors pytorch_model.bin

Only the standard library is needed. The files named hostile-*.pkl are pickles that ask for a program to be run, in the
ways that Python offers; they are written and never loaded here.
"""
import collections
import datetime
import decimal
import functools
import io
import json
import os
import pickle
import struct
import sys
import types
import zipfile


def module(name):
    sys.modules[name] = types.ModuleType(name)
    return sys.modules[name]


torch = module("torch")
torch_utils = module("torch._utils")


def named(owner, name, value):
    value.__module__, value.__name__, value.__qualname__ = owner.__name__, name, name
    setattr(owner, name, value)
    return value


rebuild_tensor = named(torch_utils, "_rebuild_tensor_v2", lambda *arguments: None)
rebuild_parameter = named(torch_utils, "_rebuild_parameter", lambda *arguments: None)
STORAGES = {"F32": "FloatStorage", "F16": "HalfStorage", "BF16": "BFloat16Storage", "F64": "DoubleStorage"}
SIZES = {"F32": 4, "F16": 2, "BF16": 2, "F64": 8}
STORAGE_TYPES = {key: named(torch, name, type(name, (), {})) for key, name in STORAGES.items()}


class Storage:
    def __init__(self, kind, data):
        self.kind, self.data = kind, data


class Tensor:
    def __init__(self, storage, shape, offset=0):
        self.storage, self.shape, self.offset = storage, tuple(shape), offset

    def __reduce_ex__(self, protocol):
        strides, stride = [], 1
        for size in reversed(self.shape):
            strides.insert(0, stride)
            stride *= size
        return rebuild_tensor, (
            self.storage, self.offset, self.shape, tuple(strides), False, collections.OrderedDict())


class Parameter:
    def __init__(self, tensor):
        self.tensor = tensor

    def __reduce_ex__(self, protocol):
        return rebuild_parameter, (self.tensor, True, collections.OrderedDict())


class StateDict(collections.OrderedDict):
    """A dictionary that is pickled with an attribute, as that of a module is with its versions."""

    def __reduce__(self):
        metadata = collections.OrderedDict([("", {"version": 1})])
        return collections.OrderedDict, (), {"_metadata": metadata}, None, iter(self.items())


class Stream(io.RawIOBase):
    """Not seekable, so that zipfile puts the sizes behind each entry, as PyTorch does."""

    def __init__(self, file):
        self.file, self.at = file, 0

    def writable(self):
        return True

    def write(self, data):
        self.at += len(data)
        return self.file.write(data)


def pickled(content, protocol):
    storages = []

    class Pickler(pickle.Pickler):
        def persistent_id(self, value):
            if not isinstance(value, Storage):
                return None
            if value not in storages:
                storages.append(value)
            numel = len(value.data) // SIZES[value.kind]
            return "storage", STORAGE_TYPES[value.kind], str(storages.index(value)), "cpu", numel

    stream = io.BytesIO()
    Pickler(stream, protocol).dump(content)
    return stream.getvalue(), storages


def save(path, content, protocol=2):
    data, storages = pickled(content, protocol)
    entries = [("data.pkl", data), ("byteorder", b"little")]
    entries += [(f"data/{i}", storage.data) for i, storage in enumerate(storages)]
    entries += [("version", b"3\n"), (".data/serialization_id", b"0" * 40)]
    name = os.path.splitext(os.path.basename(path))[0]
    with open(path, "wb") as file:
        stream = Stream(file)
        with zipfile.ZipFile(stream, "w") as archive:
            for entry, data in entries:
                information = zipfile.ZipInfo(f"{name}/{entry}")
                padding = -(stream.at + 30 + len(information.filename) + 4) % 64
                information.extra = b"FB" + struct.pack("<H", padding) + b"Z" * padding
                archive.writestr(information, data)


def counted(kind, count):
    """The weights 0, 1, 2 and so on, which all formats hold exactly up to 256."""
    if kind == "BF16":
        return b"".join(struct.pack("<f", i)[2:] for i in range(count))
    return struct.pack("<%d%s" % (count, {"F32": "f", "F16": "e", "F64": "d"}[kind]), *range(count))


def model():
    """The one-layer model of SafetensorsBuilder, each tensor with the weights 0, 1, 2 and so on."""
    layer = "model.layers.0."
    shapes = {
        "model.embed_tokens.weight": (16, 8), "model.norm.weight": (8,),
        layer + "input_layernorm.weight": (8,), layer + "self_attn.q_proj.weight": (8, 8),
        layer + "self_attn.k_proj.weight": (4, 8), layer + "self_attn.v_proj.weight": (4, 8),
        layer + "self_attn.o_proj.weight": (8, 8), layer + "post_attention_layernorm.weight": (8,),
        layer + "mlp.gate_proj.weight": (12, 8), layer + "mlp.up_proj.weight": (12, 8),
        layer + "mlp.down_proj.weight": (8, 12)}
    tensors = StateDict()
    for i, (name, shape) in enumerate(shapes.items()):
        kind = list(STORAGES)[i % 4]
        count = shape[0] * (shape[1] if len(shape) == 2 else 1)
        # A view into a larger storage: other weights, all 1, lie before and behind.
        one = counted(kind, 2)[SIZES[kind]:]
        storage = Storage(kind, one * 3 + counted(kind, count) + one * 5)
        tensors[name] = Parameter(Tensor(storage, shape, 3)) if i % 2 else Tensor(storage, shape, 3)
    tensors["lm_head.weight"] = tensors["model.embed_tokens.weight"]  # Tied: one storage.
    tensors["count"] = Tensor(Storage("F32", counted("F32", 1)), ())
    return tensors


class Reduced:
    def __init__(self, *parts):
        self.parts = parts

    def __reduce__(self):
        return self.parts


def hostile():
    command = "touch mallard-was-here"
    nested = Reduced(eval, (Reduced(functools.partial, (os.system, command)),))
    return {
        "os-system": Reduced(os.system, (command,)),
        "eval": Reduced(eval, (f"__import__('os').system('{command}')",)),
        "partial": Reduced(functools.partial, (print, command)),
        "nested": {"x": Tensor(nested, (1,))},
        "attribute": Reduced(getattr, ({}, "__class__")),
        "datetime": {"x": datetime.datetime(2020, 1, 1)},
        "decimal": {"x": decimal.Decimal("1e999999999")},
        "exception": {"x": ValueError("x")},
        "complex": {"x": 1j},
        "bytearray": {"x": bytearray(b"x")},
        "set": {"x": {1}},
    }


def resources(folder):
    for protocol in 2, 4:
        save(os.path.join(folder, f"model-protocol-{protocol}.bin"), model(), protocol)
    for name, content in hostile().items():
        for protocol in (0, 2, 4) if name == "os-system" else (2,):
            data, _ = pickled(content, protocol)
            with open(os.path.join(folder, f"hostile-{name}-{protocol}.pkl"), "wb") as file:
                file.write(data)


def convert(source, target):
    with open(source, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    header.pop("__metadata__", None)
    tensors = StateDict()
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        tensors[name] = Tensor(Storage(entry["dtype"], data[begin:end]), entry["shape"])
    save(target, tensors)


if __name__ == "__main__":
    {"resources": resources, "convert": convert}[sys.argv[1]](*sys.argv[2:])
