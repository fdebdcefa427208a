"""The one error that means "what you gave me cannot be used"."""


class InputError(ValueError):
    """Bad input: one sentence naming the file or field, the value, and what would be right. Exit code 2."""
