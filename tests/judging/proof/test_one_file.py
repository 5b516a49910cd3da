"""The verifier that goes into the evidence is all of its parts, each once, and needs nothing of the house."""

import ast
import sys
from pathlib import Path

from judging.proof.verifier import one_file


def test_it_imports_the_standard_library_and_cryptography_alone() -> None:
    tree = ast.parse(one_file.assembled())
    named = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    named |= {each.name for node in ast.walk(tree) if isinstance(node, ast.Import) for each in node.names}
    outside = {str(module).partition(".")[0] for module in named} - set(sys.stdlib_module_names)
    assert outside == {"cryptography"}


def test_every_part_stands_in_it_whole_and_no_name_twice() -> None:
    folder = Path(one_file.__file__).parent
    assert {path.stem for path in folder.glob("*.py")} == {"__init__", "one_file", *one_file.PARTS}
    whole = ast.parse(one_file.assembled())
    defined = [node.name for node in whole.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    assert len(defined) == len(set(defined))
    for part in one_file.PARTS:
        parts = ast.parse((folder / f"{part}.py").read_text()).body
        assert {node.name for node in parts if isinstance(node, ast.FunctionDef | ast.ClassDef)} <= set(defined)
