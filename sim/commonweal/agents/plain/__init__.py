"""The plain twin: the round once more, the plain Mesa way. Begin with PlainTwin.step in twin.py."""
