"""Named tuples of arrays behind one pointer, for compiled code that calls many functions.

A compiled function that takes a named tuple of a hundred arrays is handed every descriptor of every array, and counts
who holds each: that costs more than what the function does. :func:`pointed` puts such a tuple, and those nested in it,
in memory once. What comes back has the same names, is one pointer, and counts nothing; it must not outlive the call of
the function that made it.
"""

from __future__ import annotations

import hashlib
from typing import Any

from numba.core import cgutils
from numba.core import types as numba_types
from numba.core.typing.templates import AttributeTemplate
from numba.extending import infer_getattr, intrinsic, lower_getattr_generic, models, register_model

__all__ = ["pointed"]

types: Any = numba_types


class Bundle(numba_types.Type):  # type: ignore[misc]
    """Type of a pointer to a named tuple."""

    def __init__(self, shape: Any) -> None:
        self.shape = shape
        # in full the names of all fields would fill pages, and every compiled function is named after its arguments
        super().__init__(name=f"Bundle_{hashlib.sha256(shape.name.encode()).hexdigest()[:16]}")


@register_model(Bundle)
class BundleModel(models.OpaqueModel):  # type: ignore[misc]
    """In memory a bundle is its address."""


@infer_getattr
class BundleAttribute(AttributeTemplate):  # type: ignore[misc]
    """Types of a bundle's fields: those of the tuple, but tuples with names are bundles again."""

    key = Bundle

    def generic_resolve(self, bundle: Bundle, name: str) -> Any:
        """Return the type of a field, None when there is none of the name."""
        if name not in bundle.shape.fields:
            return None
        found = bundle.shape.types[bundle.shape.fields.index(name)]
        return Bundle(found) if isinstance(found, types.NamedTuple) else found


@lower_getattr_generic(Bundle)  # type: ignore[untyped-decorator]
def _field(context: Any, builder: Any, bundle: Bundle, value: Any, name: str) -> Any:
    """Load a field, or point at it where it is a bundle."""
    kept = context.get_value_type(bundle.shape).as_pointer()
    place = bundle.shape.fields.index(name)
    field = cgutils.gep_inbounds(builder, builder.bitcast(value, kept), 0, place)
    if isinstance(bundle.shape.types[place], types.NamedTuple):
        return builder.bitcast(field, cgutils.voidptr_t)
    return builder.load(field)


def _disown(context: Any, builder: Any, kind: Any, place: Any) -> None:
    """Take the owner out of every array in memory at a place, so that nobody counts who holds it."""
    if isinstance(kind, types.Array):
        for owner in (0, 1):
            field = cgutils.gep_inbounds(builder, place, 0, owner)
            builder.store(cgutils.get_null_value(field.type.pointee), field)
    elif isinstance(kind, types.BaseTuple):
        for n, inner in enumerate(kind.types):
            _disown(context, builder, inner, cgutils.gep_inbounds(builder, place, 0, n))


@intrinsic  # type: ignore[untyped-decorator]
def _pointed(typing: Any, whole: Any) -> Any:
    def put(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        shape = signature.args[0]
        place = cgutils.alloca_once(builder, context.get_value_type(shape))
        builder.store(args[0], place)
        _disown(context, builder, shape, place)
        return builder.bitcast(place, cgutils.voidptr_t)

    return Bundle(whole)(whole), put


#: Called in compiled code only.
pointed: Any = _pointed
