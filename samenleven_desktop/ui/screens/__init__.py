"""One folder per screen: `layout.py` builds widgets, `screen.py` is what other code uses."""
