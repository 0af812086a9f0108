"""What forms and resources have in common."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Annotated, Any, dataclass_transform
from urllib.parse import urlencode

from msgspec import Meta, Struct, StructMeta, field, structs, to_builtins

from adapters.http import references
from adapters.http.cursor import LONGEST
from domain.money import Money


class _NamedAndFrozen(StructMeta):
    """Every schema is immutable and made with named fields, without saying so each time."""

    def __new__(mcls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **config: Any) -> Any:
        return super().__new__(mcls, name, bases, namespace, **{"kw_only": True, "frozen": True, **config})


# `dataclass_transform` tells the type checker of the metaclass (but not of `frozen`, which Struct itself is not).


@dataclass_transform(kw_only_default=True, field_specifiers=(field,))
class Form(Struct, metaclass=_NamedAndFrozen, rename="camel", forbid_unknown_fields=True):
    """A body that comes in."""


@cache
def _fields(query: type[Struct]) -> tuple[structs.FieldInfo, ...]:
    """What a query may hold; worked out once, because msgspec does it anew at every call."""
    return structs.fields(query)


@dataclass_transform(kw_only_default=True, field_specifiers=(field,))
class Query(Struct, metaclass=_NamedAndFrozen, forbid_unknown_fields=True):
    """The parameters of a query that comes in."""

    def text(self) -> str:
        """The query as it is written behind a path, always in the same words; "" when nothing is asked."""
        asked = {
            each.encode_name: to_builtins(value)
            for each in _fields(type(self))
            if (value := getattr(self, each.name)) != each.default
        }
        return f"?{urlencode(asked)}" if asked else ""


@dataclass_transform(kw_only_default=True, field_specifiers=(field,))
class Resource(Struct, metaclass=_NamedAndFrozen, rename="camel"):
    """Something that goes out."""


@dataclass_transform(kw_only_default=True, field_specifiers=(field,))
class Around(Struct, metaclass=_NamedAndFrozen):
    """What goes out around a resource, or instead of one: its members are in snake case."""


Href = Annotated[str, Meta(description="A path on this host.")]
Moment = Annotated[datetime, Meta(tz=True, description="In UTC.", examples=["2026-12-01T10:00:00Z"])]
ExtId = Annotated[str, Meta(description="The code that people use.", examples=["CALF-COGNAC"])]
DesignCode = Annotated[
    str,
    Meta(
        pattern=references.DESIGN_CODE,
        description="What a design is called, for ever: the same design has the same code.",
        examples=["8Z3K5QW7D0RT"],
    ),
]
WeekName = Annotated[
    str,
    Meta(
        pattern=r"^[0-9]{4}-W[0-9]{2}$",
        description="An ISO week of the workshop's calendar.",
        examples=["2026-W49"],
    ),
]
Limit = Annotated[int, Meta(ge=1, le=100, description="Items on a page.")]
Cursor = Annotated[str, Meta(min_length=1, max_length=LONGEST, description="`next_cursor` of the page before.")]
Percent = Annotated[float, Meta(ge=0, le=100, description="A tax rate in percent.", examples=[18])]


class Amount(Resource):
    """Money; prices include GST."""

    amount: Annotated[int, Meta(description="In paise.", examples=[1299900])]
    currency: Annotated[str, Meta(examples=["INR"])]
    formatted: Annotated[str, Meta(description="As an Indian reader expects it.", examples=["₹12,999.00"])]

    @classmethod
    def of(cls, money: Money) -> Amount:
        """An amount of money."""
        return cls(amount=money.minor, currency=money.currency, formatted=money.formatted)


def percent(basis_points: int) -> float:
    """A rate of the domain as resources show it."""
    whole, rest = divmod(basis_points, 100)
    return basis_points / 100 if rest else whole
