"""numpy and pandas: what an array, a column or a table holds, as far as the code says, and what is made of it.

What is known of one stands in the heap (`heap.ArrayObject`): code writes to tables, and to columns. `dtypes` has the
names of the types of elements and what becomes of them, `objects` makes and reads the objects. `reading` gives
attributes, items and elements, `writing` stores, `operators` computes. Models: `making` and `numbers` of numpy,
`columns`, `tables`, `groups` and `functions` of pandas. What is the same whatever the data are stands in
tables/arrays.py. `sources` knows what readers are given.

Only types that stand in the code are told: of a number that came with the event nobody knows whether it is whole.
Sources: https://numpy.org/doc/stable/reference/ ; https://pandas.pydata.org/docs/reference/.
"""

from lambdalint.interpreter.library.arrays import columns, functions, groups, making, numbers, sources, tables
from lambdalint.interpreter.library.arrays.operators import array_comparison, array_operation, array_unary
from lambdalint.interpreter.library.arrays.reading import array_attribute, array_elements, array_item, tuple_attribute
from lambdalint.interpreter.library.arrays.writing import set_array_item

#: They enter their models in the registry.
MODELS = (columns, functions, groups, making, numbers, sources, tables)

__all__ = [
    "MODELS",
    "array_attribute",
    "array_comparison",
    "array_elements",
    "array_item",
    "array_operation",
    "array_unary",
    "set_array_item",
    "tuple_attribute",
]
