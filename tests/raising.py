"""Find the exceptions that may leave a function, from its source and the source of each function that it calls.

A call is followed when its name refers to a function of ours, also when that function came as an argument. A method is
followed when it is called on its class, or on an argument whose annotation is the class. Other methods are not, except
`StepTable.status_after`, nor is a variable that is raised.
"""

import ast
import builtins
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from types import ModuleType
from typing import Any

from office.steps import StepTable

APPS = ("office", "guestbook", "recommendations", "complaints", "ratings", "reports")
Raised = frozenset[type[BaseException]]
Key = tuple[str, str]
NOTHING: Raised = frozenset()
Handed = tuple[tuple[str, Callable], ...]
"""The arguments of a call that are functions, each with its parameter name."""
KNOWN: dict[tuple[Key, Handed], Raised] = {}


@cache
def modules() -> list[ModuleType]:
    """Return every module of the apps except the migrations."""
    packages = [importlib.import_module(app) for app in APPS]
    names = [
        one.name for package in packages for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    return [importlib.import_module(name) for name in names if ".migrations" not in name]


@cache
def functions() -> dict[Key, tuple[ast.FunctionDef, ModuleType]]:
    """Return every function and method of the apps and its module, by module name and qualified name."""
    return {
        (module.__name__, name): (node, module)
        for module in modules()
        for name, node in _defined(ast.parse(Path(module.__file__).read_text(encoding="utf-8")).body)
    }


def _defined(body: list[ast.stmt], inside: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in body:
        if isinstance(node, ast.FunctionDef):
            yield f"{inside}{node.name}", node
        elif isinstance(node, ast.ClassDef):
            yield from _defined(node.body, f"{inside}{node.name}.")


def leaving(function: Callable, handed: Handed = ()) -> Raised:
    """Return the exceptions that may leave `function`. Empty when `function` is not ours."""
    if function.__name__ == "status_after" and isinstance(function.__self__, StepTable):
        return frozenset({function.__self__.refusal})
    function = inspect.unwrap(function)
    key = function.__module__, function.__qualname__
    if key in functions() and (key, handed) not in KNOWN:
        KNOWN[key, handed] = NOTHING  # ends the recursion when a function calls itself
        node, module = functions()[key]
        KNOWN[key, handed] = Reader(module, node, handed).of_all(node.body)
    return KNOWN.get((key, handed), NOTHING)


class Reader:
    """Finds the exceptions that the statements of one function may raise."""

    def __init__(self, module: ModuleType, function: ast.FunctionDef, handed: Handed = ()):
        arguments = [*function.args.args, *function.args.kwonlyargs]
        self.names = vars(builtins) | vars(module)
        self.names |= {one.arg: self._annotated(one) for one in arguments} | dict(handed)

    def _annotated(self, argument: ast.arg) -> type | None:
        """Return the class of ours whose methods the argument has."""
        named = self.meant(argument.annotation)
        return named if inspect.isclass(named) and named.__module__.partition(".")[0] in APPS else None

    def of_all(self, nodes: Iterable[ast.AST]) -> Raised:
        return NOTHING.union(*map(self.of, nodes))

    def of(self, node: ast.AST) -> Raised:
        if isinstance(node, ast.Try):
            return self._of_try(node)
        return self._of_itself(node) | self.of_all(ast.iter_child_nodes(node))

    def _of_itself(self, node: ast.AST) -> Raised:
        if isinstance(node, ast.Raise) and node.exc:
            raised = self.meant(node.exc.func if isinstance(node.exc, ast.Call) else node.exc)
            return frozenset({raised}) if inspect.isclass(raised) else NOTHING
        called = self.meant(node.func) if isinstance(node, ast.Call) else None
        return leaving(called, self._handed(called, node.args)) if inspect.isroutine(called) else NOTHING

    def _handed(self, called: Callable, arguments: list[ast.expr]) -> Handed:
        code = getattr(inspect.unwrap(called), "__code__", None)
        given = zip(code.co_varnames, map(self.meant, arguments), strict=False) if code else ()
        return tuple((name, one) for name, one in given if inspect.isroutine(one))

    def _of_try(self, node: ast.Try) -> Raised:
        inside, found = self.of_all(node.body), self.of_all([*node.orelse, *node.finalbody])
        for handler in node.handlers:
            caught = frozenset(one for one in inside if issubclass(one, self._types(handler)))
            again = any(isinstance(part, ast.Raise) and not part.exc for part in ast.walk(handler))
            found |= self.of_all(handler.body) | (caught if again else NOTHING)
            inside -= caught
        return found | inside

    def _types(self, handler: ast.ExceptHandler) -> tuple[type[BaseException], ...]:
        named = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        return tuple(one for one in map(self.meant, named) if inspect.isclass(one))

    def meant(self, node: ast.AST | None) -> Any:
        """Return the object that a name, or an attribute of a module or class, refers to; for `partial(f)`, return `f`.

        Return None when the object is known only at run time.
        """
        if isinstance(node, ast.Name):
            return self.names.get(node.id)
        if isinstance(node, ast.Attribute):
            return getattr(self.meant(node.value), node.attr, None)
        if isinstance(node, ast.Call) and self.meant(node.func) is partial:
            return self.meant(node.args[0])
        return None
