"""Listens to signals on a D-Bus message bus, on a thread of its own.

A bus is optional: it may be missing, refuse every call or never answer. QtDBus waits 25 seconds for such a bus while
it holds the GIL, which blocks the window; jeepney blocks only this thread.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from samenleven_desktop.optional import optional_service


@dataclass(frozen=True)
class BusSignal:
    """The signal to listen to, from any sender."""

    interface: str
    member: str


class BusListener:
    """Calls `heard` with each signal and its arguments, on the thread of the listener.

    `subscribed` is called once the bus has confirmed the subscriptions.
    """

    def __init__(
        self,
        bus: Literal["SESSION", "SYSTEM"],
        signals: Sequence[BusSignal],
        heard: Callable[[BusSignal, tuple[object, ...]], None],
        subscribed: Callable[[], None],
    ) -> None:
        self._bus = bus
        self._signals = signals
        self._heard = heard
        self._subscribed = subscribed
        self._socket: socket.socket | None = None
        self._stopped = False

    def start(self) -> None:
        threading.Thread(target=self._listen, name=f"bus-{self._bus.lower()}", daemon=True).start()

    def stop(self) -> None:
        """Closes the connection, which ends the thread."""
        self._stopped = True
        if self._socket is not None:
            with optional_service("message bus"):
                self._socket.shutdown(socket.SHUT_RDWR)

    def _listen(self) -> None:
        with optional_service("message bus"):
            from jeepney import HeaderFields, MatchRule, message_bus
            from jeepney.bus import get_bus
            from jeepney.io.blocking import DBusConnection, prep_socket
            from jeepney.wrappers import unwrap_msg

            try:
                self._socket = prep_socket(get_bus(self._bus))
            except (KeyError, OSError, RuntimeError):
                return  # this session has no such bus
            connection = DBusConnection(self._socket)
            try:
                for one in self._signals:
                    rule = MatchRule(type="signal", interface=one.interface, member=one.member)
                    unwrap_msg(connection.send_and_get_reply(message_bus.AddMatch(rule)))
                self._subscribed()
                while not self._stopped:
                    message = connection.receive()
                    fields = message.header.fields
                    found = BusSignal(fields.get(HeaderFields.interface, ""), fields.get(HeaderFields.member, ""))
                    if found in self._signals:
                        self._heard(found, tuple(message.body))
            except ConnectionError:
                return  # the session ends, or `stop` was called
            finally:
                connection.close()
