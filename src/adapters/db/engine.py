"""The way to PostgreSQL: a pool of connections, transactions and single reads."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from types import TracebackType
from typing import Final, TypeVar, cast

import msgspec
from sqlalchemy import PoolProxiedConnection, event, exc
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import create_async_engine

from adapters.db.errors import CONNECT_ERRORS, ConnectionLost, DatabaseUnavailable
from adapters.db.session import Driver, Row, Session, Statement
from adapters.db.transaction import SqlTransaction
from ports.transactions import Transaction

T = TypeVar("T", covariant=True)

_BEGIN: Final = "BEGIN"
_ROLLBACK: Final = "ROLLBACK"
_PING: Final = Statement("SELECT 1 AS one")


def driver_url(url: str) -> URL:
    """The URL as the driver wants it, from `postgresql://…` or `postgresql+asyncpg://…`.

    libpq's `sslmode` is understood; other query parameters go to the driver as they are.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() not in {"postgresql", "postgres"}:
        raise ValueError(f"{parsed.render_as_string(hide_password=True)} is not the URL of a PostgreSQL database")
    if "sslmode" in parsed.query:
        mode = parsed.query["sslmode"]
        parsed = parsed.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})
    return parsed.set(drivername="postgresql+asyncpg")


class Database:
    """A pool of at most `pool_size` (+ `max_overflow`) connections to one database.

    Times are in seconds. Statements longer than `statement_timeout`, waits for a row
    longer than `lock_timeout`, for a connection longer than `pool_timeout`, and
    transactions idle for `idle_timeout` end in DatabaseUnavailable. Connections are not
    probed before use, which would cost a round trip: one that turns out to be dead at its
    first statement is replaced, once. `on_news` is called after a commit that told of
    something; it must not fail.
    """

    def __init__(
        self,
        url: str,
        *,
        pool_size: int = 10,
        max_overflow: int = 0,
        pool_timeout: float = 5.0,
        connect_timeout: float = 5.0,
        statement_timeout: float = 10.0,
        lock_timeout: float = 5.0,
        idle_timeout: float = 30.0,
        on_news: Callable[[], None] = lambda: None,
    ) -> None:
        self.on_news: Final = on_news
        self._engine = create_async_engine(
            driver_url(url),
            pool_size=pool_size,
            max_overflow=max_overflow,
            pool_timeout=pool_timeout,
            pool_use_lifo=True,  # the connection used last has its statements prepared
            pool_reset_on_return=None,  # no transaction is ever left open: see `_Unit`
            json_deserializer=msgspec.json.decode,
            connect_args={
                "timeout": connect_timeout,
                "server_settings": {
                    "application_name": "shoes",
                    "timezone": "UTC",
                    "statement_timeout": _milliseconds(statement_timeout),
                    "lock_timeout": _milliseconds(lock_timeout),
                    "idle_in_transaction_session_timeout": _milliseconds(idle_timeout),
                },
            },
        )
        event.listen(self._engine.sync_engine, "checkout", _refuse_closed)

    def begin(self) -> AbstractAsyncContextManager[Transaction]:
        """See ports.transactions.Begin."""
        return _Unit[Transaction](self, SqlTransaction)

    def transaction(self) -> _Unit[Session]:
        """As `begin`, for adapters of this package that want the connection itself."""
        return _Unit(self, _itself)

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[Session]:
        """A connection on which every statement is a transaction of its own."""
        pooled = await self.acquire()
        try:
            yield Session(driver_of(pooled))
        finally:
            release(pooled)

    async def fetch(self, statement: Statement, **values: object) -> Sequence[Row]:
        """The rows of one statement that only reads; asked again, once, when the connection was lost."""
        try:
            return await self._fetch(statement, values)
        except ConnectionLost:
            return await self._fetch(statement, values)

    async def _fetch(self, statement: Statement, values: dict[str, object]) -> Sequence[Row]:
        pooled = await self.acquire()
        try:
            return await Session(driver_of(pooled)).rows(statement, **values)
        finally:
            release(pooled)

    async def ping(self) -> None:
        """Raise DatabaseUnavailable unless the database answers."""
        await self.fetch(_PING)

    async def close(self) -> None:
        """Close every connection that nobody uses; those in use close when they are given back."""
        await self._engine.dispose()

    async def acquire(self) -> PoolProxiedConnection:
        """A connection out of the pool, to be given back by `release`."""
        try:
            return await self._engine.raw_connection()
        except exc.TimeoutError:
            raise DatabaseUnavailable("every connection is in use") from None
        except CONNECT_ERRORS as error:
            raise DatabaseUnavailable(f"no connection: {type(error.__cause__ or error).__name__}") from None


class _Unit(AbstractAsyncContextManager[T]):
    """One transaction on one connection. Whatever happens, the connection goes back without one."""

    __slots__ = ("_database", "_given", "_pooled", "_session")

    def __init__(self, database: Database, given: Callable[[Session], T]) -> None:
        self._database = database
        self._given = given

    async def __aenter__(self) -> T:
        try:
            await self._start()
        except ConnectionLost:
            await self._start()
        return self._given(self._session)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                await self._session.commit()
                if self._session.has_news:
                    self._database.on_news()
        finally:
            await self._end()

    async def _start(self) -> None:
        self._pooled = await self._database.acquire()
        self._session = Session(driver_of(self._pooled))
        try:
            await self._session.command(_BEGIN)
        except BaseException:
            self._pooled.invalidate()  # cancelled on the way, it may have begun
            raise

    async def _end(self) -> None:
        """Roll back unless that was committed, and give the connection back."""
        try:
            driver = self._session.driver
            if driver.is_in_transaction() and not driver.is_closed():
                await self._session.command(_ROLLBACK)
        except DatabaseUnavailable:
            self._pooled.invalidate()  # the server rolls back what loses its connection
        finally:
            release(self._pooled)


def _itself(session: Session) -> Session:
    return session


def driver_of(pooled: PoolProxiedConnection) -> Driver:
    """The driver's own connection."""
    return cast("Driver", pooled.driver_connection)


def release(pooled: PoolProxiedConnection) -> None:
    """Give a connection back, or throw it away when it broke off or is in a transaction still."""
    if not pooled.is_valid:
        return
    driver = driver_of(pooled)
    if driver.is_closed() or driver.is_in_transaction():
        pooled.invalidate()
    pooled.close()


def _refuse_closed(dbapi_connection: object, record: object, proxy: object) -> None:
    """Have the pool replace a connection that is known to be closed; costs no round trip."""
    driver = cast("Driver", dbapi_connection.driver_connection)  # type: ignore[attr-defined]  # AdaptedConnection
    if driver.is_closed():
        raise exc.DisconnectionError


def _milliseconds(seconds: float) -> str:
    return str(round(seconds * 1000))
