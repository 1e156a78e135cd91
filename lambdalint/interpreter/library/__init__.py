"""What calls outside the project give back.

A call is a `CallSite` (`site`): the full name of what is called (`names` gives each thing one), and its arguments.
`call_library` (`calling`) finds by that name, in this order:

- a model (`models` is the registry): a function that works on the machine. `sorted` stands in `functions`,
  `dict.update` in `methods`, `dataclasses.asdict` in `standard`; `cursors` knows the drivers of databases, `columns`,
  `entities` and `sessions` SQLAlchemy, all with `rows`, `sql` reads statements, and `mongo` knows pymongo; `http`,
  `aws`, `clients`, `schemas` and `custom_resources` know other libraries, and of Powertools `event_objects` the data
  classes, `batches` the processors, `resolvers` the event handlers - `resolver_entries` runs what is entered with one,
  for `routes` and `resolved_fields` -, `parameters` what is fetched of stores, `validation` the schemas, `powertools`
  the rest;
- a row of the table (`tables`): the type that comes back (`datetime.datetime.now`), in the little language of `types`;
- neither: then whatever mutable was passed may have been changed, unless the library is one that changes nothing
  (`harmless`), and anything may be raised; the type is what typeshed says of the standard library (`stubs`), else
  unknown.

`refusals` tells of arguments that are refused for their types, `demands`, `asked_texts`, `bound` (the parameters of
statements), `requested` and `aws.own` of what functions of libraries ask for, `model_objects` of what pydantic refuses
of its models, `remembered` of what an object was made of, `written` of texts of the event that are always written in
one form.

Beside calls: `outside` gives attributes, items and elements of values of the library's types, `instances` isinstance,
`arity` the number of arguments that a builtin refuses; `contents` is what models of containers share.

The interpreter imports from here alone, and inside functions: the models stand on the interpreter, and it calls them.
"""

from lambdalint.interpreter.library import (
    arrays,
    asked_texts,
    aws,
    batches,
    bound,
    builders,
    clients,
    columns,
    cursors,
    custom_resources,
    documents,
    entities,
    event_objects,
    functions,
    http,
    methods,
    mongo,
    parameters,
    powertools,
    requested,
    resolved_fields,
    resolvers,
    routes,
    schemas,
    sessions,
    standard,
)
from lambdalint.interpreter.library.answers import refuse_header
from lambdalint.interpreter.library.arrays import (
    array_attribute,
    array_comparison,
    array_elements,
    array_item,
    array_operation,
    array_unary,
    set_array_item,
)
from lambdalint.interpreter.library.calling import call_library, of_known_class
from lambdalint.interpreter.library.columns import column_named, fetched_value
from lambdalint.interpreter.library.cursors import set_on_handle
from lambdalint.interpreter.library.entities import table_of, values_of_row
from lambdalint.interpreter.library.followed import followed_attribute
from lambdalint.interpreter.library.instances import isinstance_condition
from lambdalint.interpreter.library.model_objects import has_nothing_like, refuse_model, refuse_store
from lambdalint.interpreter.library.models import answers
from lambdalint.interpreter.library.names import is_builtin, is_standard
from lambdalint.interpreter.library.outside import (
    element_of,
    entered,
    known_attribute,
    known_item,
    operator_result,
    operator_value,
    outside_attribute,
    outside_item,
    set_outside_item,
)
from lambdalint.interpreter.library.parser_objects import own_model_fields, subscripted
from lambdalint.interpreter.library.path_values import path_text
from lambdalint.interpreter.library.relationships import related
from lambdalint.interpreter.library.remembered import refuse_lines
from lambdalint.interpreter.library.rows import MAPPINGS, row_as_dict
from lambdalint.interpreter.library.sessions import dict_of_mapped, left_block, read_tied
from lambdalint.interpreter.library.signatures import lacks
from lambdalint.interpreter.library.site import CallSite
from lambdalint.interpreter.library.strangers import is_lacked
from lambdalint.interpreter.library.types import parse
from lambdalint.interpreter.library.written import note_cut

#: They enter their models in the registry.
MODELS = (
    functions,
    methods,
    standard,
    arrays,
    asked_texts,
    http,
    mongo,
    aws,
    batches,
    bound,
    builders,
    clients,
    columns,
    cursors,
    custom_resources,
    documents,
    entities,
    event_objects,
    parameters,
    powertools,
    requested,
    resolved_fields,
    resolvers,
    routes,
    schemas,
    sessions,
)

__all__ = [
    "MAPPINGS",
    "MODELS",
    "CallSite",
    "answers",
    "array_attribute",
    "array_comparison",
    "array_elements",
    "array_item",
    "array_operation",
    "array_unary",
    "call_library",
    "column_named",
    "dict_of_mapped",
    "element_of",
    "entered",
    "fetched_value",
    "followed_attribute",
    "has_nothing_like",
    "is_builtin",
    "is_lacked",
    "is_standard",
    "isinstance_condition",
    "known_attribute",
    "known_item",
    "lacks",
    "left_block",
    "note_cut",
    "of_known_class",
    "operator_result",
    "operator_value",
    "outside_attribute",
    "outside_item",
    "own_model_fields",
    "parse",
    "path_text",
    "read_tied",
    "refuse_header",
    "refuse_lines",
    "refuse_model",
    "refuse_store",
    "related",
    "row_as_dict",
    "set_array_item",
    "set_on_handle",
    "set_outside_item",
    "subscripted",
    "table_of",
    "values_of_row",
]
