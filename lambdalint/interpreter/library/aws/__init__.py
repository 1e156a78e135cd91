"""boto3, and the adapters that answer for a handler.

`clients` are made and asked; the `answers` of their operations stand in a table made of botocore's models, of which
`building` makes values. What the operations take is in the table, too: `requests` reads it, `refusing` says what is
refused; `absent` says what is surely not there, `errors` what an error has. `resources` are what stands on clients,
`dynamodb` knows tables and items, `attributes` what is made of one, `adapters` what makes a handler of an application;
`own` knows what boto3's own functions demand.
"""

from lambdalint.interpreter.library.aws import adapters, attributes, chalice, clients, dynamodb, own, resources

#: They enter their models in the registry.
MODELS = (adapters, attributes, chalice, clients, dynamodb, own, resources)
