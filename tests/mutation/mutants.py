"""Every small wrong change of a module: comparisons, connectives, constants, arguments, elements, whole statements.

Texts of errors are left alone: what ``need`` and ``Refused`` say, and what is computed only in order to be said.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

_COMPARE: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_BINARY: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
}
_TEXTS = {
    "<": ("<=",), "<=": ("<",), "=": ("!=",), "!=": ("=",), "=>": ("<=>",), "<=>": ("=>",), "+": ("-",), "-": ("+",),
    "*": ("/",), "/": ("*",), "log": ("exp",), "exp": ("log",), "sum": ("prod",), "prod": ("sum",), "a": ("b",),
    "b": ("a",), "f": ("g",), "g": ("f",), "u": ("v",), "v": ("u",), "X": ("Y",), "Y": ("X",), "p": ("q",), "q": ("p",),
}  # fmt: skip
_NAMES = {"any": "all", "all": "any", "min": "max", "max": "min"}
_UNWRAPPED = {"sorted", "abs", "reversed"}
_MERGES = {"union", "difference"}
_MAKERS_OF_MESSAGES = {"Refused", "TypeError"}
_TEXT = (ast.JoinedStr, ast.Import, ast.ImportFrom)
_ALIASES = {"tuple", "dict", "Mapping", "Callable"}


@dataclass(frozen=True)
class Mutant:
    """One change: where it is, what it does, and a function that makes it in the tree of its module."""

    file: str
    function: str
    line: int
    kind: str
    before: str
    after: str
    ordinal: int
    apply: Callable[[], None]

    @property
    def name(self) -> str:
        """The identifier of the change, which stays the same when unrelated lines move."""
        again = f" #{self.ordinal}" if self.ordinal > 1 else ""
        return f"{self.file} {self.function}: {self.kind}: {self.before}  ⟶  {self.after}{again}"


Change = tuple[str, Any]
"""The kind of a change, and what comes in place of the node."""


def _constant(node: ast.Constant) -> Iterator[Change]:
    value = node.value
    if isinstance(value, bool):
        yield "constant", ast.Constant(not value)
    elif isinstance(value, int):
        yield "constant", ast.Constant(value + 1)
        yield "constant", ast.Constant(value - 1)
    elif isinstance(value, str):
        for other in _TEXTS.get(value, (value + "_",)):
            yield "text", ast.Constant(other)
        if "\\Z" in value:
            yield "pattern", ast.Constant(value.replace("\\Z", ""))
            for found in re.finditer(r"(?<=,)[0-9]+(?=\})", value):
                more = int(found[0]) + 1
                yield "pattern", ast.Constant(value[: found.start()] + str(more) + value[found.end() :])


def _without(items: list[Any], k: int) -> list[Any]:
    return items[:k] + items[k + 1 :]


def _swapped(items: list[Any], k: int) -> list[Any]:
    return [*items[:k], items[k + 1], items[k], *items[k + 2 :]]


def _call(node: ast.Call, skipped: set[int]) -> Iterator[Change]:
    def call(args: list[ast.expr], keywords: list[ast.keyword]) -> ast.Call:
        return ast.Call(node.func, args, keywords)

    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name in _NAMES:
        yield "any/all", ast.Call(ast.Name(_NAMES[name], ast.Load()), node.args, node.keywords)
    if name in _UNWRAPPED and len(node.args) == 1:
        yield "unwrap", node.args[0]
    if isinstance(node.func, ast.Attribute) and node.func.attr in _MERGES:
        yield "merge", node.func.value
    if len([a for a in node.args if id(a) not in skipped]) < len(node.args):
        return
    for k, arg in enumerate(node.args):
        if isinstance(arg, ast.Starred):
            yield "argument", call(_without(node.args, k), node.keywords)
    ordered = not (isinstance(node.func, ast.Attribute) and node.func.attr in _MERGES)
    for k in range(len(node.args) - 1 if ordered else 0):
        yield "swap", call(_swapped(node.args, k), node.keywords)
    for k in range(len(node.keywords)):
        yield "argument", call(node.args, _without(node.keywords, k))


def _expression(node: ast.expr, skipped: set[int], unordered: set[int]) -> Iterator[Change]:
    if isinstance(node, ast.Compare):
        for k, op in enumerate(node.ops):
            for other in _COMPARE[type(op)]:
                yield "compare", ast.Compare(node.left, [*node.ops[:k], other(), *node.ops[k + 1 :]], node.comparators)
    elif isinstance(node, ast.BoolOp):
        yield "and/or", ast.BoolOp(ast.And() if isinstance(node.op, ast.Or) else ast.Or(), node.values)
        for k in range(len(node.values)):
            rest = _without(node.values, k)
            yield "operand", rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
    elif isinstance(node, ast.UnaryOp):
        yield "unary", node.operand
    elif isinstance(node, ast.BinOp):
        if type(node.op) in _BINARY:
            yield "operator", ast.BinOp(node.left, _BINARY[type(node.op)](), node.right)
        yield "operand", node.left
        yield "operand", node.right
    elif isinstance(node, ast.Constant):
        yield from _constant(node)
    elif isinstance(node, ast.IfExp):
        yield "branch", node.body
        yield "branch", node.orelse
    elif isinstance(node, ast.Call):
        yield from _call(node, skipped)
    elif isinstance(node, ast.Tuple | ast.List | ast.Set) and not isinstance(getattr(node, "ctx", None), ast.Store):
        make = ast.Set if isinstance(node, ast.Set) else lambda items: type(node)(items, ast.Load())
        for k in range(len(node.elts)):
            if len(node.elts) > 1 or not isinstance(node, ast.Set):
                yield "element", make(_without(node.elts, k))
        for k in range(len(node.elts) - 1):
            if not isinstance(node, ast.Set) and id(node) not in unordered:
                yield "swap", make(_swapped(node.elts, k))
    elif isinstance(node, ast.Dict):
        for k in range(len(node.keys)):
            yield "element", ast.Dict(_without(node.keys, k), _without(node.values, k))
    elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice) and isinstance(node.ctx, ast.Load):
        yield "slice", node.value
    elif isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp):
        yield from _comprehension(node)


def _comprehension(node: Any) -> Iterator[Change]:
    def again(k: int, **changes: Any) -> Any:
        old = node.generators[k]
        parts = {"target": old.target, "iter": old.iter, "ifs": old.ifs, "is_async": 0} | changes
        generators = [*node.generators[:k], ast.comprehension(**parts), *node.generators[k + 1 :]]
        copied = {name: getattr(node, name) for name in node._fields} | {"generators": generators}
        return type(node)(**copied)

    for k, generator in enumerate(node.generators):
        for j in range(len(generator.ifs)):
            yield "filter", again(k, ifs=_without(generator.ifs, j))
            yield (
                "filter",
                again(k, ifs=[*generator.ifs[:j], ast.UnaryOp(ast.Not(), generator.ifs[j]), *generator.ifs[j + 1 :]]),
            )
        yield "loop", again(k, iter=ast.Tuple([], ast.Load()))


def _statement(node: ast.stmt) -> Iterator[Change]:
    if (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)) or isinstance(node, ast.Raise):
        yield "statement", ast.Pass()
    elif isinstance(node, ast.AugAssign):
        yield "statement", ast.Pass()
        if type(node.op) in _BINARY:
            yield "operator", ast.AugAssign(node.target, _BINARY[type(node.op)](), node.value)
    elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
        yield "statement", ast.Pass()
    elif isinstance(node, ast.If):
        for value in (True, False):
            yield "branch", ast.If(ast.Constant(value), node.body, node.orelse)
    elif isinstance(node, ast.While):
        yield "loop", ast.While(ast.Constant(False), node.body, node.orelse)
    elif isinstance(node, ast.For):
        yield "loop", ast.For(node.target, ast.Tuple([], ast.Load()), node.body, node.orelse)


# --- what is not mutated -----------------------------------------------------------------------------------------


def _messages(tree: ast.AST) -> set[int]:
    """Return the ids of the nodes that are texts of errors, docstrings, annotations and names of types."""
    skipped: set[int] = set()

    def skip(node: ast.AST | None) -> None:
        if node is not None:
            skipped.update(id(n) for n in ast.walk(node))

    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "need":
                for part in (*node.args[1:], *node.keywords):
                    skip(part)
            elif node.func.id in _MAKERS_OF_MESSAGES:
                for part in (*node.args, *node.keywords):
                    skip(part)
            elif node.func.id == "sides":
                for part in node.args[2:]:
                    skip(part)
        elif (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)) or isinstance(node, ast.JoinedStr):
            skip(node)
        elif isinstance(node, ast.AnnAssign | ast.arg):
            skip(node.annotation)
        elif isinstance(node, ast.FunctionDef):
            skip(node.returns)
            for default in node.args.defaults:
                if isinstance(default, ast.Constant) and isinstance(default.value, str):
                    skip(default)  # the only such parameters are said in messages
            for decorator in node.decorator_list:
                skip(decorator)
        elif isinstance(node, ast.ClassDef):
            # What a dataclass declares was used when the class was made; no later change of it is seen.
            for part in (*node.bases, *node.decorator_list, *(n for n in node.body if isinstance(n, ast.AnnAssign))):
                skip(part)
        elif isinstance(node, ast.Import | ast.ImportFrom) or (isinstance(node, ast.Assign) and _is_alias(node)):
            skip(node)
        elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "frozenset":
            skip(node.slice)
    _only_said(tree, skipped)
    return skipped


def _is_text(node: ast.AST) -> bool:
    """Whether a node is a docstring, a formatted text, an import or the name of a type."""
    docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    alias = isinstance(node, ast.Assign) and _is_alias(node)
    return docstring or alias or isinstance(node, _TEXT)


def _is_alias(node: ast.Assign) -> bool:
    value, name = node.value, node.targets[0]
    head = value.value if isinstance(value, ast.Subscript) else value
    typed = isinstance(head, ast.Name) and (head.id in _ALIASES or (head.id == "str" and isinstance(value, ast.Name)))
    return typed or (isinstance(name, ast.Name) and name.id == "__all__")


def _only_said(tree: ast.AST, skipped: set[int]) -> None:
    """Skip the assignments of local names that nothing but messages uses."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        used = {
            n.id
            for n in ast.walk(function)
            if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load) and id(n) not in skipped
        }
        for node in ast.walk(function):
            if (
                isinstance(node, ast.Assign)
                and isinstance(node.targets[0], ast.Name)
                and node.targets[0].id not in used
            ):
                skipped.update(id(n) for n in ast.walk(node))


def _asks(node: ast.Compare) -> bool:
    return all(isinstance(op, ast.In | ast.NotIn) for op in node.ops)


# --- walking -------------------------------------------------------------------------------------------------------


def mutants(file: str, tree: ast.Module) -> list[Mutant]:
    """Return the mutants of a module; each changes *tree* in place when it is applied."""
    skipped = _messages(tree)
    # In what is asked only whether it contains something, the order does not matter.
    unordered = {id(c) for n in ast.walk(tree) if isinstance(n, ast.Compare) for c in n.comparators if _asks(n)}
    found: list[Mutant] = []
    seen: Counter[tuple[str, str, str, str]] = Counter()

    def visit(node: ast.AST, function: str, line: int, context: ast.AST) -> None:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            function = f"{function}.{node.name}" if function != "module" else node.name
        for name, value in ast.iter_fields(node):
            items = enumerate(value) if isinstance(value, list) else [(None, value)]
            for k, child in items:
                if not isinstance(child, ast.AST) or id(child) in skipped:
                    continue
                here = getattr(child, "lineno", line)
                around = _context(child, context)
                if isinstance(child, ast.expr | ast.stmt):
                    changes = (
                        _expression(child, skipped, unordered) if isinstance(child, ast.expr) else _statement(child)
                    )
                    for kind, new in changes:
                        add(node, name, k, child, kind, new, function, here, around)
                visit(child, function, here, around)

    def add(
        parent: ast.AST,
        name: str,
        k: int | None,
        old: Any,
        kind: str,
        new: Any,
        function: str,
        line: int,
        around: ast.AST,
    ) -> None:
        ast.copy_location(new, old)
        ast.fix_missing_locations(new)

        def put(node: Any) -> None:
            if k is None:
                setattr(parent, name, node)
            else:
                getattr(parent, name)[k] = node

        before = _shown(around)
        put(new)
        after = _shown(new if around is old else around)
        put(old)
        if before == after:
            return
        key = (function, kind, before, after)
        seen[key] += 1
        found.append(Mutant(file, function, line, kind, before, after, seen[key], lambda: put(new)))

    visit(tree, "module", 0, tree)
    return found


def _context(node: ast.AST, around: ast.AST) -> ast.AST:
    """Return what is shown of a change: the smallest expression around it that is not tiny, or its statement."""
    if isinstance(node, ast.stmt):
        return node
    if isinstance(node, ast.expr) and len(ast.unparse(node)) >= 16:
        return node
    return around


def _shown(node: ast.AST) -> str:
    text = ast.unparse(node)
    first, _, more = text.partition("\n")
    return first + (" …" if more else "")
