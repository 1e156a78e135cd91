"""The text constants of a file, each with what it is bound to."""

from lambdalint.literals.model import HOLE as HOLE
from lambdalint.literals.model import Context as Context
from lambdalint.literals.model import Literal as Literal
from lambdalint.literals.walk import collect as collect
