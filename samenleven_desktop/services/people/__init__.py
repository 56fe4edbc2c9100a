"""Contacts, attachments and the answer to an access request."""
