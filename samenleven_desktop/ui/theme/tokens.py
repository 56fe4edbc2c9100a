"""The roles of colour in light and dark, and the measures of type and space. Nothing else names a colour."""

from __future__ import annotations

# Roles: background, surface, line, text, muted, accent, mark, and good / attention / bad each as fill, text and tint.
LIGHT = {
    "background": "#F6F7F9",
    "surface": "#FFFFFF",
    "raised": "#FFFFFF",
    "line": "#E1E6EC",
    "line_strong": "#C4CCD6",
    "text": "#1D2630",
    "muted": "#5A6673",
    "accent": "#0055CC",
    "accent_hover": "#0047AB",
    "accent_text": "#0047AB",
    "accent_tint": "#E1ECFF",
    "on_accent": "#FFFFFF",
    "mark": "#FFE615",
    "on_mark": "#1D2630",
    "good": "#0A8A43",
    "good_text": "#066B33",
    "good_tint": "#E0F3E7",
    "attention": "#E59500",
    "attention_text": "#7A4B00",
    "attention_tint": "#FFF0D1",
    "bad": "#C9302C",
    "bad_text": "#9B2023",
    "bad_tint": "#FBE2E1",
    "neutral_tint": "#EDF0F4",
    "track": "#E4E8EE",
    "hover": "#F2F5F9",
    "selection": "#E8F0FE",
    "expected": "#1D2630",
}
DARK = {
    "background": "#14181D",
    "surface": "#1C2229",
    "raised": "#242B34",
    "line": "#2F3843",
    "line_strong": "#465260",
    "text": "#E9EDF2",
    "muted": "#9EAAB8",
    "accent": "#3D8BFF",
    "accent_hover": "#62A2FF",
    "accent_text": "#8DBBFF",
    "accent_tint": "#1B3251",
    "on_accent": "#0B1420",
    "mark": "#FFE615",
    "on_mark": "#1D2630",
    "good": "#22A75D",
    "good_text": "#7FDCA6",
    "good_tint": "#163626",
    "attention": "#E59500",
    "attention_text": "#FFC766",
    "attention_tint": "#3D2E10",
    "bad": "#E2554F",
    "bad_text": "#FF9F9A",
    "bad_tint": "#43201F",
    "neutral_tint": "#2B333D",
    "track": "#343D48",
    "hover": "#232A33",
    "selection": "#1D3556",
    "expected": "#FFFFFF",
}
THEMES = {"light": LIGHT, "dark": DARK}

# Text roles on the surfaces they are drawn on: a test holds each pair to a contrast of 4.5 : 1.
TEXT_PAIRS = (
    ("text", "background"),
    ("text", "surface"),
    ("text", "raised"),
    ("text", "hover"),
    ("text", "selection"),
    ("muted", "background"),
    ("muted", "surface"),
    ("muted", "selection"),
    ("text", "neutral_tint"),
    ("accent_text", "surface"),
    ("accent_text", "background"),
    ("accent_text", "accent_tint"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_mark", "mark"),
    ("good_text", "good_tint"),
    ("good_text", "surface"),
    ("attention_text", "attention_tint"),
    ("attention_text", "surface"),
    ("bad_text", "bad_tint"),
    ("bad_text", "surface"),
    ("bad_text", "background"),
)

# Sizes in device-independent pixels at 100 %.
BODY, SMALL, TITLE, CARD_TITLE, FIGURE = 13, 12, 21, 14, 25
SPACE_1, SPACE_2, SPACE_3, SPACE_4 = 4, 8, 14, 24
RADIUS_SMALL, RADIUS = 6, 8
