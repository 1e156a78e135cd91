"""What the text of a SQL statement proves of the columns of its answer.

`columns(statement, dialect)` reads the list between SELECT and FROM. It is no parser of SQL: it knows a few expressions
of which the type is the same whatever stands in the tables, on every version of the server, and every other column is
not known. Where it is not sure how many columns there are - `*`, UNION, several statements - there is no answer.

`tokens` takes a statement apart, `select` finds the columns, `expressions` tells the type of each, by the tables of
`dialects`.
"""

from lambdalint.interpreter.library.sql.dialects import ANY, MYSQL, POSTGRES, SQLITE
from lambdalint.interpreter.library.sql.select import Answer, Column, columns

__all__ = ["ANY", "MYSQL", "POSTGRES", "SQLITE", "Answer", "Column", "columns"]
