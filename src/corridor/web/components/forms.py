"""How a form's widget is dressed: its classes, its language, its counter, what describes it."""

from typing import Any

from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    RadioSelect,
    Select,
    Textarea,
    Widget,
)


def widget_class(widget: Widget) -> str:
    """The style a widget takes; ticks look as the browser draws them."""
    if layout_of(widget) != "plain":
        return ""
    return "form-select" if isinstance(widget, Select) else "form-control"


def layout_of(widget: Widget) -> str:
    """How label and widget stand: one tick ("tick"), several choices ("choices"), or label above widget ("plain")."""
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    return "tick" if isinstance(widget, CheckboxInput) else "plain"


def dress(bound: BoundField, most: int | None, language: str, rows: int | None) -> dict[str, Any]:
    """The dressed widget and what its template needs to know about it."""
    widget = bound.field.widget
    attrs: dict[str, Any] = {}
    if classes := f"{widget_class(widget)} {widget.attrs.get('class', '')}".strip():
        attrs["class"] = classes
    if language:
        attrs["lang"] = language
    if isinstance(widget, Textarea):
        attrs["rows"] = rows or widget.attrs.get("rows", 6)
    if layout_of(widget) == "plain" and not isinstance(widget, Select | FileInput):
        attrs.setdefault("dir", "auto")
    limit = most or getattr(bound.field, "max_length", None)
    return {
        "widget": bound.as_widget(attrs=attrs),
        "layout": layout_of(widget),
        "has_many": layout_of(widget) == "choices" and sum(1 for _choice in getattr(widget, "choices", ())) > 6,
        "most": limit if isinstance(widget, Textarea) else most,
        "is_optional": not bound.field.required and layout_of(widget) != "tick",
    }
