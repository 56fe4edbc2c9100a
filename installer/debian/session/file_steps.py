"""Paper and files: six choices of the print dialog, the dialogs of the desktop and of Qt, what a double click opens."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from installer.debian.session.screen import (
    CTRL,
    DOWN,
    ENTER,
    MENU,
    SHIFT,
    A,
    E,
    K,
    Node,
    act,
    run,
    said,
)
from installer.debian.session.trial import HOME, PRACTICE, TITLE, WORK, Trial
from installer.trying import Failed, prove, until

CARD, PACK = HOME / "kaart van een collega.samenlevenkaart", HOME / "van een collega.samenleven"
PAPER = HOME / "PDF"
KINDS = {WORK: "-workfile", PRACTICE: "-workfile", CARD: "-card", PACK: ""}
# What is chosen: a field and words to type, or what a list shows and steps down from there. Then the pages that come.
CHOICES: tuple[tuple[str, dict[str, str | int], Callable[[int], list[Any]]], ...] = (
    ("pages 2-3", {"Pagina's$": "2-3"}, lambda _: [2, 3]),
    ("odd pages", {"Alle pagina's": 1}, lambda n: list(range(1, n + 1, 2))),
    ("even pages", {"Alle pagina's": 2}, lambda n: list(range(2, n + 1, 2))),
    ("last page first", {"Eerste pagina eerst": 1}, lambda n: list(range(n, 0, -1))),
    ("paper A5", {"A4$": 2}, lambda n: list(range(1, n + 1))),
    ("two pages per sheet", {"1$": 1}, lambda n: [(one, one + 1) for one in range(1, n + 1, 2)]),
)


def printing(trial: Trial) -> str:
    """Six choices of the print dialog come out of CUPS as they were chosen, under the name of the report."""
    screen = trial.screen
    trial.page(7)
    note = said(screen.see(r"\d+ bladzijde", "label"))
    number = int(note.split()[0])
    prove(number >= 3, f"a report of three pages: {note}")
    whole = HOME / "verslag.pdf"
    save_pdf(trial, whole)
    texts = [words(whole, page) for page in range(1, number + 1)]
    prove(len(set(texts)) == number, "the pages differ")
    told = []
    for name, fields, expected in CHOICES:
        made = print_with(trial, fields, name)
        wanted = expected(number)
        prove(pages_in(made) == len(wanted), f"{name}: {pages_in(made)} pages of paper, not {len(wanted)}")
        for place, page in enumerate(wanted, 1):
            on_paper = words(made, place)
            for one in page if isinstance(page, tuple) else (page,):
                prove(one > number or lines_of(texts[one - 1]) <= lines_of(on_paper), f"{name}: sheet {place}")
        size = re.search(r"Page size:\s+(\d+)", run("pdfinfo", str(made)))
        prove(name != "paper A5" or (size and 415 < int(size[1]) < 425), f"{name}: {size and size[1]} points wide")
        told.append(f"{name}: {len(wanted)}")
        prove(made.stem.startswith("Coachingsrapport_Asse"), f"the name of the job: {made.stem}")
        made.unlink()
    return f"{number} pages, job {made.stem!r}; {', '.join(told)}; copies: tests/ui/test_printing.py"


def print_with(trial: Trial, fields: dict[str, str | int], name: str) -> Path:
    """Fills in the dialog, prints, and gives what the printer made of it."""
    screen, before = trial.screen, set(PAPER.glob("*.pdf"))
    screen.click("Afdrukken")
    screen.see("Pagina's$", "text")
    for caption, wanted in fields.items():
        if isinstance(wanted, int):
            choose(trial, in_dialog(trial, caption, "combo box"), wanted)
        else:
            screen.fill(in_dialog(trial, caption, "text"), wanted)
    screen.keep(f"print-{re.sub('[^a-z0-9]+', '-', name)}")
    press_in_dialog(trial, "Afdrukken")
    until(lambda: set(PAPER.glob("*.pdf")) - before, f"the paper of {name}", 90)
    (made,) = set(PAPER.glob("*.pdf")) - before
    until(lambda: made.read_bytes().rstrip().endswith(b"%%EOF"), f"all the paper of {name}")
    return made


def press_in_dialog(trial: Trial, name: str) -> None:
    prove(act(in_dialog(trial, name, "push button")), name)


def choose(trial: Trial, combo: Node, steps: int) -> None:
    """So many lines below the one that is chosen."""
    prove(act(combo), f"{said(combo)} opens")
    time.sleep(0.5)
    for _ in range(steps):
        trial.screen.press(DOWN)
    trial.screen.press(ENTER)


def in_dialog(trial: Trial, name: str, role: str) -> Node:
    found = trial.screen.find(name, role, trial.screen.dialog())
    if found is None:
        raise Failed(f"{role} called {name} in the dialog: {trial.screen.told()[-700:]}")
    return found


def save_pdf(trial: Trial, target: Path) -> None:
    trial.screen.click("Bewaren als pdf")
    trial.save_as(target)
    until(lambda: target.exists() and target.read_bytes().endswith(b"%%EOF\n"), target.name)


def words(path: Path, page: int) -> str:
    return run("pdftotext", "-layout", "-f", str(page), "-l", str(page), str(path), "-")


def lines_of(text: str) -> set[str]:
    """The longer words of a page; what a smaller print breaks otherwise makes no difference."""
    return set(re.findall(r"\b[a-z]{6,12}\b", text))


def pages_in(path: Path) -> int:
    return int(re.search(r"^Pages:\s+(\d+)", run("pdfinfo", str(path)), re.MULTILINE)[1])


def to_pdf_file(trial: Trial) -> str:
    """Print to a PDF file gives the report itself: text, and tags."""
    screen = trial.screen
    trial.page(7)
    screen.see(r"\d+ bladzijde", "label")
    screen.click("Afdrukken")
    screen.see("Pagina's$", "text")
    choose(trial, in_dialog(trial, "PDF$", "combo box"), 1)
    screen.see("Bewaren als pdf", "push button")
    screen.keep("print-to-file")
    press_in_dialog(trial, "Bewaren als pdf")
    target = HOME / "afgedrukt.pdf"
    trial.save_as(target)
    until(lambda: target.exists() and target.read_bytes().endswith(b"%%EOF\n"), target.name)
    told = run("pdfinfo", str(target))
    prove(re.search(r"Tagged:\s+yes", told) and len(words(target, 1)) > 200, told)
    return f"{len(words(target, 1))} characters on page 1, tagged, {target.stat().st_size // 1024} kB"


def dialogs_of_the_desktop(trial: Trial) -> str:
    """File dialogs are the desktop's, begin in the folder of the last time, and the ending follows the kind."""
    screen = trial.screen
    folder = HOME / "Documenten/uitvoer"
    folder.mkdir(parents=True, exist_ok=True)
    # Of a trial before: the program would ask whether to replace it.
    (folder / "zonder einde.ods").unlink(missing_ok=True)
    trial.page(2)
    screen.press(CTRL, SHIFT, E)
    trial.save_as(folder / "besturen.xlsx")
    until((folder / "besturen.xlsx").exists, "the list")
    screen.press(CTRL, SHIFT, E)
    trial.file_dialog()
    screen.keep("file-dialog-of-the-desktop")
    kind = screen.see_elsewhere("Excel", "combo box")
    choose(trial, kind, 1)
    screen.see_elsewhere("OpenDocument", "combo box")
    screen.fill(screen.see_elsewhere("", "text"), "zonder einde")
    screen.keep("file-dialog-ods")
    screen.press(ENTER)
    until((folder / "zonder einde.ods").exists, "zonder einde.ods in the folder of the last time")
    return "one of the portal; zonder einde became zonder einde.ods in the folder of the list before"


def words_of_qt(trial: Trial) -> str:
    """Where the desktop has no dialogs, Qt's own are Dutch; its menus too."""
    screen = trial.screen
    screen.press(CTRL, K)
    screen.type("abc")
    heard = screen.heard(lambda: (screen.press(MENU), screen.press(DOWN), screen.press(DOWN)), "Knippen")
    screen.keep("menu-of-a-field")
    screen.press("Escape")
    screen.press("Escape")
    english = [one for one in heard if re.match("&?(Undo|Cut|Copy|Paste|Select)", one)]
    prove(not english and any("Ongedaan" in one or "nippen" in one for one in heard), f"the menu of a field: {heard}")
    trial.close()
    trial.open(more={"QT_QPA_PLATFORMTHEME": "gnome"})
    trial.page(2)
    screen.press(CTRL, SHIFT, E)
    dialog = screen.dialog()
    told = {said(node) for node in screen.nodes(dialog)}
    screen.keep("file-dialog-of-qt")
    screen.press(CTRL, A)
    target = HOME / "dubbel.xlsx"
    target.write_bytes(b"")
    screen.type(str(target))
    screen.press(ENTER)
    question = screen.see(r".*(bestaat al|vervangen)", "label")
    screen.keep("question-to-replace")
    asked = said(question)
    screen.press("Escape")
    screen.press("Escape")
    trial.close()
    prove({"Annuleren"} <= {one.replace("&", "") for one in told}, f"{told}")
    prove(not {"Cancel", "Save", "Look in:", "File name:"} & told, f"{told}")
    return f"menu {heard[:4]}, question {asked!r}"


def kinds_of_files(trial: Trial) -> str:
    """Cards, packs and work files have their own kind, and opening one reaches the window that is open."""
    screen = trial.screen
    for path, ending in KINDS.items():
        told = run("xdg-mime", "query", "filetype", str(path))
        prove(told == f"application/x-samenleven{ending}", f"{path.name}: {told}")
    prove(run("xdg-mime", "query", "default", "application/x-samenleven-card") == "samenleven.desktop", "opens in it")
    number = trial.number()
    for path, seen in (
        (CARD, "De zes woorden zijn gelijk|Woorden vergelijken"),
        (PACK, ".*komt van iemand van wie je de kaart niet hebt"),
    ):
        trial.page(1)
        run("gio", "open", str(path))
        screen.see(seen, "")
        screen.keep(f"opened-{path.suffix[1:]}")
        prove(trial.number() == number, "the window that was open")
        if screen.find("", "dialog") is not None:
            screen.leave_dialog()
    run("xdotool", "windowminimize", screen.windows(TITLE)[-1])
    until(lambda: not screen.windows(TITLE), "a minimised window")
    run("xdg-open", str(WORK))
    until(lambda: screen.windows(TITLE), "the window in front")
    prove(trial.number() == number, "the window that was open")
    trial.close()
    # The program that it starts stays: nobody waits for what that says.
    subprocess.run(["gio", "open", str(PRACTICE)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    screen.see("Oefenbestand", "label", 60)
    screen.keep("opened-practice")
    trial.close()
    return "card and pack in Uitwisselen, work file in its own window, practice file in a new one"
