"""The plain twin: the model once more, one object per leader, as one writes a Mesa model. Begin with twin.py."""
