"""The rules, one module a family. A rule is a pure function from the record to reports; no rule walks a tree.

This list is the registry: importing it fills `registry.RULES`.
"""

from lambdalint.checks import dumps as dumps
from lambdalint.checks import entry as entry
from lambdalint.checks import flakes as flakes
from lambdalint.checks import headers as headers
from lambdalint.checks import own as own
from lambdalint.checks import paths as paths
from lambdalint.checks import responses as responses
from lambdalint.checks import returns as returns
from lambdalint.checks import secrets as secrets
from lambdalint.checks import syntax as syntax
from lambdalint.checks.registry import RULES as RULES
from lambdalint.checks.registry import Rule as Rule
