"""How the coach judges a condition of a stimulus that the plan leaves to the coach, and why."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from samenleven_desktop.domain.fields import JUDGEMENT
from samenleven_desktop.domain.threshold import ThresholdFact
from samenleven_desktop.services.core.command import AnyCommand
from samenleven_desktop.services.stimuli.commands import JudgeCondition
from samenleven_desktop.ui.context import UiContext
from samenleven_desktop.ui.dialogs.form import FormDialog
from samenleven_desktop.ui.widgets.basic import label
from samenleven_desktop.ui.widgets.choice import Chooser
from samenleven_desktop.ui.widgets.limited_text_edit import LongText


class JudgementDialog(FormDialog):
    """`condition` is its code and its text; `finding` and `note` are what was judged before."""

    def __init__(
        self,
        context: UiContext,
        government: tuple[str, str],
        year_id: str,
        kind: str,
        condition: tuple[str, str],
        finding: ThresholdFact,
        note: str | None,
        owner: QWidget,
    ) -> None:
        super().__init__(context, government[1], owner)
        self.setMinimumWidth(520)
        self._condition = government[0], year_id, kind, condition[0]
        self.box.addWidget(label(condition[1], wrap=True))
        text = LongText(note or "")
        text.setFixedHeight(96)
        self.add_fields(JUDGEMENT, None, "finding", "note", editors={"note": text})
        self.fields["finding"].editor.setFocus()
        self._choose(finding)

    def _choose(self, finding: ThresholdFact) -> None:
        editor = self.fields["finding"].editor
        assert isinstance(editor, Chooser)
        editor.setCurrentIndex(max(editor.findData(finding.value), 0))

    def command(self) -> AnyCommand:
        values = self.read()
        return JudgeCondition(*self._condition, ThresholdFact(values["finding"]), values["note"])
