"""The front door for Python: what `import commonweal as cw` offers, the verbs of the command line among it.

commonweal/__init__.py names the functions and classes and loads them when they are first asked for.
"""
