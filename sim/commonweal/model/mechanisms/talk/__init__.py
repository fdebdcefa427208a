"""Talk: leaders state priorities and hear each other. One file per way in which hearing moves them.

- talk: what every way has in common: who is heard
"""
