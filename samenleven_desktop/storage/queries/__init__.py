"""Reading lists: one function per list, giving small row dataclasses."""
