"""The one exception of the engine."""


class EngineError(ValueError):
    """An impossible term or event, refused.

    ``field`` names the offending attribute (``"principal"``, ``"events[3].amount"``) and ``rule`` says in
    one sentence what is required of it. Nothing is ever clipped into range instead.
    """

    def __init__(self, field: str, rule: str) -> None:
        super().__init__(f"{field}: {rule}")
        self.field = field
        self.rule = rule

    def __reduce__(self) -> tuple[type["EngineError"], tuple[str, str]]:
        return type(self), (self.field, self.rule)


def require(condition: object, field: str, rule: str) -> None:
    """Raise :class:`EngineError` unless ``condition`` holds."""
    if not condition:
        raise EngineError(field, rule)
