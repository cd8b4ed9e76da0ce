"""What runs after the commit can never fail the act, and every mail goes through the outbox."""

import ast

import pytest

from tests.test_architecture import named, sources, syntax


def is_bare(node: ast.AST) -> bool:
    """Return whether the node starts something after the commit whose error would reach the person."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)):
        return False
    name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
    is_robust = any(one.arg == "robust" and getattr(one.value, "value", None) is True for one in node.keywords)
    return name == "delay_on_commit" or (name == "on_commit" and not is_robust)


def test_every_call_after_the_commit_is_robust():
    found = {named(path) for path in sources() for node in syntax(path) if is_bare(node)}

    assert found == set()


def test_only_the_office_makes_mails():
    found = {named(path) for path in sources() for node in syntax(path) if makes_mail(node)}

    assert found == {"office/mail_server.py", "office/mailing.py"}


def makes_mail(node: ast.AST) -> bool:
    if not isinstance(node, ast.ImportFrom | ast.Import):
        return False
    module = getattr(node, "module", "") or ""
    return any(f"{module}.{one.name}".strip(".").startswith("django.core.mail") for one in node.names)


@pytest.mark.parametrize(
    ("code", "bare"),
    [
        ("transaction.on_commit(go)", True),
        ("on_commit(go, robust=False)", True),
        ("draw.delay_on_commit(1)", True),
        ("transaction.on_commit(go, robust=True)", False),
    ],
)
def test_a_bare_call_is_seen(code, bare):
    assert any(map(is_bare, ast.walk(ast.parse(code)))) == bare
