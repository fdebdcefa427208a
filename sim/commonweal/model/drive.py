"""Drive: kernels one after the other, played by one piece of compiled code.

A call from Python takes a kernel's columns out of their objects, one by one. Here each call is a block of words, filled
once: which code reads it, which kernel that calls, room for what comes of it, and the kernel's arguments. Blocks are
linked, and one call from Python plays as many as there are. Code that reads blocks is as simple as code can be, a line
for each argument, and is made in each process: some 30 thousandths of a second for all that a round calls.
"""

import ctypes
import threading
from collections.abc import Sequence
from functools import cache
from typing import Any, Final, NamedTuple

import llvmlite.binding as llvm
import numpy as np

NEXT, READER, KERNEL, RESULT = range(4)
"""words of a block: the address of the next or 0, the code that reads it, the kernel, and the first of its result"""
ROOM: Final = 4
"""words for a result"""
ARGUMENTS: Final = RESULT + ROOM
"""the first word of the arguments"""
RESULTS: Final = {"none": 0, "int64": 1, "UniTuple(int64 x 2)": 2}
"""whole numbers in a result, by numba's name of its type"""

DRIVER: Final = f"""
define i64 @drive(i64 %first) {{
begin:
  br label %play
play:
  %address = phi i64 [%first, %begin], [%next, %well]
  %block = inttoptr i64 %address to ptr
  %at = getelementptr i64, ptr %block, i64 {READER}
  %reader = load ptr, ptr %at
  %status = call i32 %reader(ptr %block)
  switch i32 %status, label %failed [i32 0, label %well i32 -2, label %well]
well:
  %next = load i64, ptr %block
  %more = icmp ne i64 %next, 0
  br i1 %more, label %play, label %done
done:
  ret i64 0
failed:
  ret i64 %address
}}
"""
"""plays blocks to the last, or to one whose kernel neither says OK nor None, as numba calls it; the address of that"""


class Round(int):
    """The number of a round where kernels are recorded: handed on to them, it is looked up anew when they are played.

    Nothing else may hang on it.
    """

    def _refuse(self, *_: Any) -> Any:
        raise TypeError("where kernels are recorded the round can be handed to them, and nothing else may hang on it")

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __bool__ = _refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __mod__ = __floordiv__ = __truediv__ = _refuse
    __hash__ = int.__hash__


class Call(NamedTuple):
    """A kernel, and the columns that it is called with."""

    name: str
    compiled: Any
    """numba's, of columns"""
    columns: list[Any]


class Block:
    """A call in words."""

    def __init__(self, call: Call, words: np.ndarray, result: int) -> None:
        """words: (ARGUMENTS + arguments,) uint64; result: how many whole numbers come of it."""
        self.name, self.words, self.result = call.name, words, result
        self._columns = call.columns  # to which words point
        self.address = int(words.ctypes.data)
        self._found = words[RESULT : RESULT + result].view(np.int64)
        self.following: Block | None = None

    def link(self, other: "Block | None") -> None:
        """What is played after it."""
        if other is not self.following:
            self.words[NEXT] = 0 if other is None else other.address
            self.following = other

    def value(self) -> int | tuple[int, ...]:
        """What came of it when it was played last, if anything does."""
        found = self._found.tolist()
        return tuple(found) if self.result > 1 else found[0]


class Drive:
    """What plays blocks. Code for a form of block is made when it is first met."""

    def __init__(self) -> None:
        self._engines, self._lock, self._readers = [], threading.Lock(), dict[tuple[str, ...], int]()
        self._play = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64)(self._made(DRIVER)("drive"))

    def play(self, first: Block) -> None:
        """This block and all that follow. Raises MemoryError where a kernel found no room for its arrays."""
        at = self._play(first.address)
        if at:
            failed = first
            while failed.address != at and failed.following is not None:
                failed = failed.following
            raise MemoryError(f"kernel {failed.name} found no room for its arrays")

    def blocks(self, calls: Sequence[Call], round_: np.ndarray) -> list[Block]:
        """Their blocks, not linked yet. round_: (1,) int64, where a Round is looked up. The kernels were called before.

        Raises TypeError for what cannot be in a block: results that are no whole numbers.
        """
        entries = [_entry(call.compiled, _signature(call)) for call in calls]
        forms, given = [], []
        for call, entry in zip(calls, entries, strict=True):
            given.append([word for column in call.columns for word in _words(column, round_)])
            forms.append(_form(call, entry, given[-1], round_))
        with self._lock:
            new = [form for form in dict.fromkeys(forms) if form not in self._readers]
            names = {form: f"read_{len(self._readers) + at}" for at, form in enumerate(new)}
            if new:
                address = self._made("\n".join(_reader(names[form], form) for form in new))
                self._readers |= {form: address(names[form]) for form in new}
        found = []
        for call, entry, form, words in zip(calls, entries, forms, given, strict=True):
            head = [0, self._readers[form], entry.address, *[0] * ROOM]
            found.append(Block(call, np.array(head + words, np.uint64), entry.result))
        return found

    def _made(self, text: str) -> Any:
        """From a name to the address of what a text of LLVM's defines."""
        machine = llvm.Target.from_triple(llvm.get_process_triple()).create_target_machine(opt=0)
        engine = llvm.create_mcjit_compiler(llvm.parse_assembly(text), machine)
        engine.finalize_object()
        self._engines.append(engine)
        return engine.get_function_address


@cache
def drive() -> Drive:
    """That of this process."""
    return Drive()


class Entry(NamedTuple):
    """Where a compiled kernel begins, and how it is called."""

    address: int
    result: int
    """whole numbers that it returns"""
    kinds: tuple[str, ...]
    """LLVM's types of its arguments, an address being a number"""


def _signature(call: Call) -> tuple[Any, ...]:
    """numba's types of these columns."""
    overloads = call.compiled.overloads
    if len(overloads) == 1:
        return next(iter(overloads))
    return tuple(call.compiled.typeof_pyval(int(each) if type(each) is Round else each) for each in call.columns)


@cache
def _entry(compiled: Any, signature: tuple[Any, ...]) -> Entry:
    """Of a kernel that was compiled for columns of these types."""
    made = compiled.overloads[signature]
    form = made.target_context.call_conv.get_function_type(made.signature.return_type, made.signature.args)
    kinds = [str(kind) for kind in form.args[2:]]
    result = RESULTS.get(str(made.signature.return_type))
    if result is None:
        name = made.fndesc.qualname
        raise TypeError(f"{name} returns {made.signature.return_type}; from a block only whole numbers are taken")
    return Entry(
        made.library.get_pointer_to_function(made.fndesc.llvm_func_name), result,
        tuple("i64" if kind.endswith(("*", "ptr")) else kind for kind in kinds),
    )  # fmt: skip


def _form(call: Call, entry: Entry, words: list[int], round_: np.ndarray) -> tuple[str, ...]:
    """The types of a kernel's arguments, 'round' where it is the round."""
    if len(words) != len(entry.kinds):
        raise TypeError(f"{call.name}: its arguments cannot be told in words")
    if not any(type(column) is Round for column in call.columns):
        return entry.kinds
    there = round_.ctypes.data
    return tuple("round" if word == there else kind for word, kind in zip(words, entry.kinds, strict=True))


def _words(column: Any, round_: np.ndarray) -> list[int]:
    """An argument as numba hands it over; of an array nobody counts references, so that their counter is left out."""
    if isinstance(column, np.ndarray):
        return [0, 0, column.size, column.itemsize, column.ctypes.data, *column.shape, *column.strides]
    if isinstance(column, tuple):
        return [word for each in column for word in _words(each, round_)]
    if type(column) is Round:
        return [round_.ctypes.data]
    if isinstance(column, float):
        return [int(np.float64(column).view(np.uint64))]
    return [int(column) & 0xFFFF_FFFF_FFFF_FFFF]


def _reader(name: str, form: tuple[str, ...]) -> str:
    """Code that calls a kernel of this form with the arguments in a block."""
    lines = [f"define i32 @{name}(ptr %block) {{", "  %error = alloca ptr"]
    for at, kind in enumerate(form):
        lines.append(f"  %p{at} = getelementptr i64, ptr %block, i64 {ARGUMENTS + at}")
        if kind == "round":
            lines += [f"  %r{at} = load ptr, ptr %p{at}", f"  %a{at} = load i64, ptr %r{at}"]
        else:
            lines.append(f"  %a{at} = load {kind}, ptr %p{at}")
    given = "".join(f", {'i64' if kind == 'round' else kind} %a{at}" for at, kind in enumerate(form))
    lines += [
        f"  %to = getelementptr i64, ptr %block, i64 {KERNEL}",
        "  %kernel = load ptr, ptr %to",
        f"  %result = getelementptr i64, ptr %block, i64 {RESULT}",
        f"  %status = call i32 %kernel(ptr %result, ptr %error{given})",
        "  ret i32 %status",
        "}",
    ]
    return "\n".join(lines)
