"""Trust: what a leader's giving does to the trust of those who attend to them. One file per dynamic.

- trust: what every dynamic has in common
- deeds: trust moves towards how far the other keeps to what could be expected
"""
