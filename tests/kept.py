"""What many tests begin with, made once in a process and put back as rows for each of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, insert, select

from officine.core.clock import now
from officine.core.db import Model, db
from officine.core.page_cache import VERSION
from tests.databases import empty_database


@dataclass(frozen=True)
class KeptRows:
    """The rows of a database, and when they were made."""

    at: datetime
    rows: dict[Table, list[dict[str, Any]]]

    @classmethod
    def taken(cls) -> "KeptRows":
        """All that stands in the database, which is empty afterwards."""
        found = {
            table: [dict(row) for row in db.session.execute(select(table)).mappings()]
            for table in Model.metadata.sorted_tables
            if table is not VERSION  # every commit counts on by itself
        }
        empty_database()
        db.session.remove()
        return cls(now(), {table: rows for table, rows in found.items() if rows})

    def put_back(self) -> None:
        """The same, as if it were made now."""
        later = now() - self.at
        for table, rows in self.rows.items():
            moved = [
                {
                    name: value + later if isinstance(value, datetime) else value
                    for name, value in row.items()
                }
                for row in rows
            ]
            db.session.execute(insert(table), moved)
        db.session.commit()
