"""One file per verb; ``VERBS`` in the order in which a newcomer meets them."""

# Each is a module of this folder with a function, or a group of commands, of the same name.
# "import" is a word of Python: its function ends in an underscore.
VERBS = (
    "check",
    "inventory",
    "gpc",
    "doubt",
    "gap",
    "change",
    "years",
    "recalculate",
    "catalogue",
    "plan",
    "optimise",
    "uncertainty",
    "monitor",
    "finance",
    "blocks",
    "lint",
    "contract",
    "verify",
    "explain",
    "factors",
    "export",
    "import_",
    "template",
    "demo",
    "serve",
    "admin",
)
