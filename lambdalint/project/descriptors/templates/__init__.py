"""SAM and CloudFormation templates: what they deploy, as `Deployment`s.

`scope` and `intrinsics` say what a node stands for; `template` holds the resources; `functions` makes the deployments;
`packages` says where code stands; the modules of `callers` say what calls each function. CDK's synthesised templates
and the `resources` of a serverless.yml are read through `template`, `functions` and `callers` too.
"""
