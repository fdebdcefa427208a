"""Designs: which conditions a study plays, a file each. conf/design/grid.yaml is
sim/commonweal/study/designs/grid.py.

- design: what every design has in common
"""
