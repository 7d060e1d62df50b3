"""The command qmforge-wfp as a module, for the tests of its parts."""
import importlib.machinery
import importlib.util
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent.parent / "wfp/runner/qmforge-wfp"
loader = importlib.machinery.SourceFileLoader("runner", str(FILE))
runner = importlib.util.module_from_spec(importlib.util.spec_from_loader("runner", loader))
loader.exec_module(runner)
