"""The rules, one module a family. A rule is a pure function from the record to reports; no rule walks a tree.

This list is the registry: importing it fills `registry.RULES`.
"""

from lambdalint.checks.registry import RULES as RULES
from lambdalint.checks.registry import Rule as Rule
