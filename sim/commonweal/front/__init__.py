"""The front door for Python: what `import commonweal as cw` offers, the verbs of the command line among it.

commonweal/__init__.py names the functions and classes and loads them when they are first asked for.

- play: studies: compare, design, run, resume
- keywords: keyword arguments as overrides
- inline: strategies written where they are used
- studies: how studies are asked for, kept and analysed
- progress: how far a study has come, where somebody is looking
- results: what a study came to
- plot: its figures, each a method
- ask: tables, SQL, analyses, how far it has come
- branches: a run under another strategy from some round on
- cooperation: a community to step and watch
- town: one's own leaders
- why: which mechanisms carry what a comparison found, and through whom
- fitted: worlds that look like one's own community
- evidence: validate and calibrate
- hand_over: report, notebook and dashboard
"""
