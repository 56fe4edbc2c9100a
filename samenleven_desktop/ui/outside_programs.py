"""Calls and mails through the programs of the desktop, which may be missing."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def start_call(phone: str) -> bool:
    """Opens the program for calls with this number; returns False if there is none."""
    return _open("tel", "".join(one for one in phone if one.isdigit() or one == "+"))


def start_mail(address: str) -> bool:
    """Opens a new message to this address; returns False if there is no mail program."""
    return _open("mailto", address)


def _open(scheme: str, address: str) -> bool:
    url = QUrl()
    url.setScheme(scheme)
    url.setPath(address)
    return url.isValid() and QDesktopServices.openUrl(url)
