"""Styles of tensor code: devices, types, storage, and methods for functions."""

from __future__ import annotations

import ast
import functools
import random
import re
from collections.abc import Iterator, Sequence

import libcst as cst

from .facts import Code
from .rewriting import Edit, Editor, Site, Style, editing, enclosed
from .tensors import (
    changes_in_place,
    float_parameters,
    has_only_tensors,
    is_stored_attribute,
    stores,
    tensor_parameters,
    torch_call,
    words,
)

__all__ = ["STYLES"]


def _functions(code: Code) -> Iterator[cst.FunctionDef]:
    for node, _ in code.owned:
        if isinstance(node, cst.FunctionDef) and isinstance(node.body, cst.IndentedBlock):
            yield node


def _device_moves(code: Code, rng: random.Random) -> Iterator[Site]:
    for function in _functions(code):
        tree = code.scope(function).tree
        names = tensor_parameters(code, function)
        free = [name for name in names if not changes_in_place(tree, name)]
        place = int(function.get_docstring(clean=False) is not None)
        if free:
            moves = [
                f"{n} = {n}.to({n}.device)" for n in rng.sample(free, rng.randint(1, len(free)))
            ]
            yield function.body, functools.partial(_with_lines, lines=moves, place=place)
        for call, owner in code.nodes(cst.Call):
            known = owner is function and torch_call(code, call, "zeros", "ones", "empty")
            if names and known and _keywords(call) <= {"dtype", "size", "requires_grad"}:
                yield call, functools.partial(_on_device, name=rng.choice(names))


def _with_lines(block: cst.IndentedBlock, lines: Sequence[str], place: int) -> cst.IndentedBlock:
    added = [cst.parse_statement(line) for line in lines]
    return block.with_changes(body=[*block.body[:place], *added, *block.body[place:]])


def _keywords(call: cst.Call) -> set[str]:
    """Return the names of a call's keywords, '**' for those that are not written out."""
    return {arg.keyword.value if arg.keyword else arg.star for arg in call.args} - {"", "*"}


def _on_device(call: cst.Call, name: str) -> cst.Call:
    return _with_argument(call, "device", cst.Attribute(cst.Name(name), cst.Name("device")))


def _with_argument(call: cst.Call, keyword: str, value: cst.BaseExpression) -> cst.Call:
    equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    args = [arg.with_changes(comma=cst.MaybeSentinel.DEFAULT) for arg in call.args]
    return call.with_changes(args=[*args, cst.Arg(value, cst.Name(keyword), equal)])


# What makes floats of a type that zeros(...).to(p.dtype) might not meet.
OTHER_FLOATS = {
    *("eye", "full", "empty", "linspace", "rand", "randn", "normal", "tensor", "one_hot"),
    *("float", "double", "half", "float32", "float64", "FloatTensor", "type"),
}


def _types(code: Code, rng: random.Random) -> Iterator[Site]:
    """Yield functions whose zeros and ones all take the type of a floating parameter."""
    used = words(code)
    if not code.alias("torch") or "set_default_dtype" in used or not used & {"zeros", "ones"}:
        return
    for function, owner in code.owned:
        if isinstance(function, cst.FunctionDef) and owner is None:
            names = float_parameters(code, function)
            calls = _creations(code, function)
            if names and calls:
                name = rng.choice(names)
                yield function.body, _with_type(function.body, calls, name)


def _creations(code: Code, function: cst.FunctionDef) -> list[cst.Call]:
    """Return a function's calls of zeros and ones, none where one of them has a type."""
    inside = [call for call, owner in code.nodes(cst.Call) if owner is function]
    calls = [call for call in inside if torch_call(code, call, "zeros", "ones")]
    named = re.findall(r"\b(?:zeros|ones)\(", code.text(function))
    mixed = OTHER_FLOATS & set(re.findall(r"\w+", code.text(function)))
    plain = all(_keywords(call) <= {"device", "size"} for call in calls)
    return calls if plain and not mixed and len(named) == len(calls) else []


def _with_type(body: cst.BaseSuite, calls: Sequence[cst.Call], name: str) -> Edit:
    edits: dict[cst.CSTNode, Edit] = {c: functools.partial(_typed, name=name) for c in calls}
    return lambda _: body.visit(Editor(edits))  # a copy of the body would hold other calls


def _typed(call: cst.Call, name: str) -> cst.Call:
    moved = cst.Attribute(call.with_changes(lpar=[], rpar=[]), cst.Name("to"))
    kind = cst.Attribute(cst.Name(name), cst.Name("dtype"))
    return cst.Call(moved, [cst.Arg(kind)], lpar=call.lpar, rpar=call.rpar)


MOVES = {"transpose", "permute", "swapaxes", "movedim", "t"}
STORAGE = {
    *(
        "stride",
        "is_contiguous",
        "data_ptr",
        "storage",
        "untyped_storage",
        "as_strided",
        "is_set_to",
    ),
    *("from_dlpack", "contiguous_format", "set_", "share_memory_"),
}


def _copies(code: Code, rng: random.Random) -> Iterator[Site]:
    """Yield the calls that exchange axes: a copy holds the same values, if nothing changes them."""
    if not has_only_tensors(code) or words(code) & STORAGE or changes_in_place(code.syntax):
        return
    for call, _ in code.nodes(cst.Call):
        match call.func:
            case cst.Attribute(value=value, attr=cst.Name(value=name)) if name in MOVES:
                own = is_stored_attribute(code, name) or code.text(value) in code.modules
                if not own or torch_call(code, call, *MOVES):
                    yield call, _copied


def _copied(call: cst.Call) -> cst.Call:
    inner = call.with_changes(lpar=[], rpar=[])
    copied = cst.Attribute(inner, cst.Name("contiguous"))
    return cst.Call(copied, lpar=call.lpar, rpar=call.rpar)


ALONE = ("exp", "tanh", "sigmoid")
JOINS = ("cat", "stack")
REDUCTIONS = {"mean", "sum"}
MAPPINGS = {"dict", "Dict", "ParameterDict", "ModuleDict", "defaultdict", "Counter"}


def _spellings(code: Code, rng: random.Random) -> Iterator[Site]:
    torch = code.alias("torch")
    if not torch or not code.only_imports("torch", "numpy"):
        return
    pure = has_only_tensors(code)
    for call, _ in code.nodes(cst.Call):
        if _takes_one(code, call):
            yield call, _as_method
        elif _is_own_method(code, call):
            yield call, functools.partial(_as_function, library=torch)
        elif torch_call(code, call, *JOINS) and _is_join(call):
            yield call, _joined_otherwise
        elif pure and _is_reduction(code, call):
            yield call, _reduced_otherwise
        elif _is_unsqueeze(code, call):
            yield call, _as_subscript
    if pure and not words(code) & MAPPINGS and not _has_dicts(code):
        stored = stores(code)
        for node, _ in code.nodes(cst.Subscript):
            if node not in stored and _is_new_axis(node):
                yield node, _as_unsqueeze


def _is_plain(call: cst.Call, count: int, *keywords: str) -> bool:
    """Tell whether a call has some positional arguments and exactly some keywords."""
    given = [arg.keyword.value for arg in call.args if arg.keyword]
    positional = len(call.args) - len(given)
    generators = any(isinstance(arg.value, cst.GeneratorExp) for arg in call.args)
    stars = any(arg.star for arg in call.args)
    return (
        positional == count
        and given == list(keywords)
        and not (generators or stars)
        and all(arg.keyword is None for arg in call.args[:count])
    )


def _takes_one(code: Code, call: cst.Call) -> bool:
    """Tell whether a call is torch.exp(x) or torch.softmax(x, dim=k), which methods do as well."""
    if torch_call(code, call, "softmax"):
        return _is_plain(call, 1, "dim") or _is_plain(call, 2)
    return bool(torch_call(code, call, *ALONE)) and _is_plain(call, 1)


def _as_method(call: cst.Call) -> cst.Call:
    name = cst.ensure_type(call.func, cst.Attribute).attr
    method = cst.Attribute(enclosed(call.args[0].value), name)
    return call.with_changes(func=method, args=call.args[1:])


def _is_own_method(code: Code, call: cst.Call) -> bool:
    """Tell whether a call is x.exp() or x.softmax(dim=k) of a tensor."""
    match call.func:
        case cst.Attribute(value=value, attr=cst.Name(value=name)):
            fits = name in ALONE and _is_plain(call, 0)
            if name == "softmax":
                numbered = _is_plain(call, 1) and _is_number(call.args[0].value)
                fits = _is_plain(call, 0, "dim") or (numbered and not _is_self(value))
            library = code.text(value).split(".")[0] in code.modules
            return fits and not library and not is_stored_attribute(code, name)
    return False


def _as_function(call: cst.Call, library: str) -> cst.Call:
    method = cst.ensure_type(call.func, cst.Attribute)
    function = cst.Attribute(cst.Name(library), method.attr)
    value = method.value
    if isinstance(value, cst.BinaryOperation | cst.UnaryOperation):
        value = value.with_changes(lpar=[], rpar=[])
    return call.with_changes(func=function, args=[cst.Arg(value), *call.args])


def _is_self(node: cst.BaseExpression) -> bool:
    return isinstance(node, cst.Name) and node.value == "self"


def _is_join(call: cst.Call) -> bool:
    first = call.args[0].value if call.args else None
    fits = _is_plain(call, 1) or _is_plain(call, 2) or _is_plain(call, 1, "dim")
    return fits and isinstance(first, cst.Tuple | cst.List)


def _joined_otherwise(call: cst.Call) -> cst.Call:
    first, *rest = call.args
    whole = first.value
    if isinstance(whole, cst.Tuple):
        other: cst.BaseExpression = cst.List(_without_last_comma(whole.elements))
    else:
        other = _tuple(cst.ensure_type(whole, cst.List).elements)
    args = [first.with_changes(value=other), *(_turned_dim(arg) for arg in rest)]
    return call.with_changes(args=args)


def _tuple(elements: Sequence[cst.BaseElement]) -> cst.Tuple:
    if len(elements) == 1:  # (a) is no tuple
        elements = [elements[0].with_changes(comma=cst.Comma())]
    return cst.Tuple(elements)


def _without_last_comma(elements: Sequence[cst.BaseElement]) -> list[cst.BaseElement]:
    last = elements[-1:]
    return [*elements[:-1], *(e.with_changes(comma=cst.MaybeSentinel.DEFAULT) for e in last)]


def _turned_dim(arg: cst.Arg) -> cst.Arg:
    """Name an argument dim, or take that name from it."""
    if arg.keyword is not None:
        return arg.with_changes(keyword=None, equal=cst.MaybeSentinel.DEFAULT)
    equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    return arg.with_changes(keyword=cst.Name("dim"), equal=equal)


def _is_reduction(code: Code, call: cst.Call) -> bool:
    """Tell whether a call is x.mean(1) or x.mean(dim=1), perhaps with keepdim after it."""
    match call.func:
        case cst.Attribute(value=value, attr=cst.Name(value=name)) if name in REDUCTIONS:
            root = code.text(value).split(".")[0]
            if root in code.modules or is_stored_attribute(code, name):
                return False
            fits = [_is_plain(call, 1), _is_plain(call, 1, "keepdim")]
            fits += [_is_plain(call, 0, "dim"), _is_plain(call, 0, "dim", "keepdim")]
            return any(fits) and _is_number(call.args[0].value)
    return False


def _is_number(node: cst.BaseExpression) -> bool:
    if isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Minus):
        node = node.expression
    return isinstance(node, cst.Integer)


def _reduced_otherwise(call: cst.Call) -> cst.Call:
    return call.with_changes(args=[_turned_dim(call.args[0]), *call.args[1:]])


def _is_unsqueeze(code: Code, call: cst.Call) -> bool:
    match call:
        case cst.Call(
            func=cst.Attribute(value=value, attr=cst.Name(value="unsqueeze")),
            args=[cst.Arg(star="", value=cst.Integer(value="0"))],
        ):
            known = is_stored_attribute(code, "unsqueeze")
            return code.text(value).split(".")[0] not in code.modules and not known
    return False


def _as_subscript(call: cst.Call) -> cst.Subscript:
    value = cst.ensure_type(call.func, cst.Attribute).value
    index = cst.SubscriptElement(cst.Index(cst.Name("None")))
    return cst.Subscript(value, [index], lpar=call.lpar, rpar=call.rpar)


def _is_new_axis(node: cst.Subscript) -> bool:
    match node.slice:
        case [cst.SubscriptElement(slice=cst.Index(value=cst.Name(value="None")))]:
            return True
    return False


def _as_unsqueeze(node: cst.Subscript) -> cst.Call:
    method = cst.Attribute(node.value, cst.Name("unsqueeze"))
    return cst.Call(method, [cst.Arg(cst.Integer("0"))], lpar=node.lpar, rpar=node.rpar)


def _has_dicts(code: Code) -> bool:
    return any(isinstance(node, ast.Dict | ast.DictComp) for node in ast.walk(code.syntax))


STYLES: tuple[Style, ...] = (
    Style("device-moves", editing(_device_moves)),
    Style("types", editing(_types)),
    Style("copied-storage", editing(_copies)),
    Style("tensor-spelling", editing(_spellings)),
)
