"""The text constants of a file, each with what it is bound to."""

from lambdalint.literals.model import HOLE, Context, Literal
from lambdalint.literals.surroundings import Surroundings
from lambdalint.literals.walk import collect

__all__ = ["HOLE", "Context", "Literal", "Surroundings", "collect"]
