"""`aws_lambda_function` as a deployment, but for what calls it.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_function
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lambdalint.project.deployment import Code, Deployment, Event, Fact, Layer
from lambdalint.project.descriptors.templates.packages import archive_named, image_named
from lambdalint.project.descriptors.terraform.library import layer_of_module, module_code
from lambdalint.project.descriptors.terraform.modules import Instance, Section
from lambdalint.project.descriptors.terraform.packages import Packages
from lambdalint.project.descriptors.terraform.values import HOLE, Value, as_text


def deployment(instance: Instance, packages: Packages, events: Sequence[Event]) -> Deployment:
    """The function that a resource makes."""
    handler = text_fact(instance.likely("handler"))
    is_image = _is_image(instance, handler)
    if is_image:
        handler = first_of(instance.sections("image_config"), "command")
        code = _image_elsewhere(instance)
    else:
        code = _archived(instance, packages.code(instance, handler.value if handler is not None else None))
    written = [section.get("variables") for section in instance.sections("environment")]
    variables, known = variables_of(written[0] if written else None)
    layers, layers_known = layers_of(instance.get("layers"), packages)
    made = Deployment(
        name=instance.address,
        descriptor="Terraform",
        place=instance.place,
        handler=handler,
        code=code,
        runtime=text_fact(instance.likely("runtime")),
        timeout=number_fact(instance.get("timeout")),
        memory=number_fact(instance.get("memory_size")),
        variables=variables,
        variables_known=known and instance.sure("environment"),
        layers=layers,
        layers_known=layers_known,
        events=tuple(events),
        through=instance.module.within,
    )
    return _of_image(made, packages.image(instance, handler)) if is_image and _tells_image(instance) else made


def _is_image(instance: Instance, handler: Fact[str] | None) -> bool:
    """Whether a function is made of an image. Where it may be either, a handler tells that it is not."""
    kind, uri = instance.get("package_type"), instance.get("image_uri")
    if kind is not None and kind.text is not None:
        return kind.text != "Zip"
    return handler is None and (kind is not None or uri is not None)


def _tells_image(instance: Instance) -> bool:
    """Whether anything is said of the image; a module that waits for its caller to name one says nothing."""
    kind, uri = instance.get("package_type"), instance.likely("image_uri")
    named = uri is not None and (uri.text is not None or uri.pattern is not None or bool(uri.refs))
    return named or (kind is not None and kind.text == "Image")


def _archived(instance: Instance, code: Code) -> Code:
    """The code of a function; where it is not found, it is in an archive that something else makes."""
    if code.folder is not None or code.inline is not None:
        return code
    packed = [instance.likely(name) for name in ("filename", "local_existing_package", "s3_key")]
    written = [value.text or value.pattern for value in packed if value is not None]
    return replace(code, archive=archive_named((written[0] or "").replace(HOLE, ""))) if written else code


def _image_elsewhere(instance: Instance) -> Code:
    """The code of an image of which no more is known than its address."""
    kind, uri = instance.get("package_type"), instance.likely("image_uri")
    place = kind.place if kind is not None else None
    if not _tells_image(instance):
        return Code(place=place)
    written = (uri.text or uri.pattern or "").replace(HOLE, "/") if uri is not None else ""
    made_of = [ref.of.address for ref in (uri.all_refs() if uri is not None else ()) if isinstance(ref.of, Instance)]
    return Code(place=place, archive=image_named(written), image=" ".join([*made_of, written]).strip())


def _of_image(made: Deployment, image: Deployment | None) -> Deployment:
    """A function with the code of its image, and what its Dockerfile says that Terraform does not. Without one it may
    have variables that are not seen."""
    if image is None:
        return replace(made, variables_known=False)
    return replace(
        made,
        handler=made.handler or image.handler,
        code=replace(image.code, archive=made.code.archive),
        runtime=image.runtime,
        variables={**image.variables, **made.variables},
        variables_known=made.variables_known and image.variables_known,
        python=True,
    )


def text_fact(value: Value | None) -> Fact[str] | None:
    """Known text, and where it is written."""
    return Fact(value.text, value.place) if value is not None and value.text else None


def number_fact(value: Value | None) -> Fact[int] | None:
    """A known whole number, and where it is written."""
    number = value.number if value is not None else None
    return Fact(number, value.place) if value is not None and number is not None else None


def first_of(sections: Sequence[Section], name: str) -> Fact[str] | None:
    """The first of a list of text."""
    value = sections[0].get(name) if len(sections) == 1 else None
    elements = value.elements() if value is not None else ()
    return text_fact(elements[0]) if elements else None


def variables_of(value: Value | None) -> tuple[dict[str, Fact[str | None]], bool]:
    """The environment that an object gives, and whether there is no more."""
    if value is None:
        return {}, True
    found = {key: Fact(as_text(one), one.place) for key, one in value.items()}
    return found, value.known and isinstance(value.data, dict)


def layers_of(value: Value | None, packages: Packages) -> tuple[tuple[Layer, ...], bool]:
    """The layers that a list names, and whether there are no others."""
    if value is None:
        return (), True
    layers = [_layer(one, packages) for one in value.elements()]
    return tuple(layers), value.known and isinstance(value.data, tuple)


def _layer(value: Value, packages: Packages) -> Layer:
    for ref in value.refs:
        if isinstance(ref.of, Instance) and ref.of.kind == "aws_lambda_layer_version":
            return packages.layer(ref.of, value.place)
        if isinstance(ref.of, Instance) and ref.of.kind == "module":
            return layer_of_module(ref.of, value.place, packages)
    return Layer(value.place)


def module_deployment(instance: Instance, packages: Packages, events: Sequence[Event]) -> Deployment:
    """The function that a call of terraform-aws-modules/lambda makes."""
    handler, runtime = text_fact(instance.likely("handler")), text_fact(instance.likely("runtime"))
    is_image = _is_image(instance, handler)
    if is_image:
        command = instance.get("image_config_command")
        elements = command.elements() if command is not None else ()
        handler, runtime = (text_fact(elements[0]) if elements else None), None
        code = _image_elsewhere(instance)
    else:
        code = _archived(instance, module_code(instance, handler.value if handler is not None else None, packages))
    variables, known = variables_of(instance.get("environment_variables"))
    layers, layers_known = layers_of(instance.get("layers"), packages)
    made = Deployment(
        name=instance.address,
        descriptor="Terraform",
        place=instance.place,
        handler=handler,
        code=code,
        runtime=runtime,
        timeout=number_fact(instance.get("timeout")),
        memory=number_fact(instance.get("memory_size")),
        variables=variables,
        variables_known=known,
        layers=layers,
        layers_known=layers_known,
        events=tuple(events),
        through=instance.module.within,
    )
    return _of_image(made, packages.image(instance, handler)) if is_image and _tells_image(instance) else made
