"""The parts of the verifier as one program that needs nothing of the house: what an auditor gets, and can read."""

import ast
import hashlib
from collections import defaultdict
from functools import cache
from pathlib import Path

PARTS = ("evidence", "log", "places", "shortlists", "frozen", "filled", "votes", "paper", "steps")
"""Each imports only those before it."""
PACKAGE = __name__.rpartition(".")[0]
HEAD = '''"""Kiểm tra bộ kiểm chứng kết quả chấm giải, không cần mạng: chỉ cần Python và thư viện cryptography.

    python verify.py [THƯ MỤC] [--key KHÓA] [--note MỐC ĐÃ LƯU] [--receipt BIÊN NHẬN]

Biên nhận của một thành viên kiểm tra được khi không có bộ kiểm chứng: chỉ cần tệp này, biên nhận và khóa.

Checks the evidence of an award's judging by itself, step by step. It imports nothing of the house that made it, and
computes everything again in its own way. Exit status 0: everything fits; 1: something does not, and is named.
"""
'''
FOOT = '\n\nif __name__ == "__main__":\n    sys.exit(main())\n'


@cache
def assembled() -> str:
    """The program. A name that two parts define would be lost: ValueError."""
    plain, named = {"sys"}, defaultdict[str, set[str]](set)
    bodies, defined = [], set[str]()
    for part in PARTS:
        text = Path(__file__).with_name(f"{part}.py").read_text(encoding="utf-8")
        tree = ast.parse(text)
        outside = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        for node in outside:
            if isinstance(node, ast.Import):
                plain |= {each.name for each in node.names}
            elif not (node.module or "").startswith(PACKAGE):
                named[str(node.module)] |= {each.name for each in node.names}
        names = {name for node in tree.body for name in _defines(node)}
        if twice := names & defined:
            raise ValueError(f"defined in two parts: {sorted(twice)}")
        defined |= names
        bodies.append("".join(text.splitlines(keepends=True)[outside[-1].end_lineno :]).strip("\n"))
    head = "\n".join(f"import {module}" for module in sorted(plain)) + "\n"
    head += "\n".join(f"from {module} import {', '.join(sorted(named[module]))}" for module in sorted(named))
    return f"{HEAD}\n{head}\n\n" + "\n\n\n".join(bodies) + "\n" + FOOT


def fingerprint() -> str:
    """The SHA-256 of the program, by which whoever got it another way knows that it is this one."""
    return hashlib.sha256(assembled().encode()).hexdigest()


def _defines(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]
