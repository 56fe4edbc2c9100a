"""One folder per screen: `layout.py` builds widgets, `screen.py` is the widget that other code uses."""
