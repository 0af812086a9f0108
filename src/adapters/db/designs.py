"""Saved designs."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from adapters.db.session import Row, Session, Statement
from domain.design.design import Design
from ports.designs import Designs, SavedDesign

_SAVE: Final = Statement("""
    INSERT INTO design (code, product_id, style, sole, material, color, size_eu, width, monogram, created_at)
    VALUES (:code, :product_id, :style, :sole, :material, :color, :size_eu, :width, :monogram, :created_at)
    ON CONFLICT (code) DO NOTHING RETURNING code
""")
FIND_DESIGN: Final = Statement("SELECT * FROM design WHERE code = :code")


def saved_design_of(row: Row) -> SavedDesign:
    """A saved design from its row; the code follows from the rest."""
    design = Design(
        product_id=row["product_id"],
        style=row["style"],
        sole=row["sole"],
        material=row["material"],
        color=row["color"],
        size_eu=row["size_eu"],
        width=row["width"],
        monogram=row["monogram"],
    )
    return SavedDesign(design, row["created_at"])


class SqlDesigns(Designs):
    """Rows that are written once and never changed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def save(self, design: Design, at: datetime) -> SavedDesign:
        """See Designs."""
        new = await self._session.row(
            _SAVE,
            code=design.code,
            product_id=design.product_id,
            style=design.style,
            sole=design.sole,
            material=design.material,
            color=design.color,
            size_eu=design.size_eu,
            width=design.width,
            monogram=design.monogram,
            created_at=at,
        )
        first = None if new else await self._session.row(FIND_DESIGN, code=design.code)
        return saved_design_of(first) if first else SavedDesign(design, at)
