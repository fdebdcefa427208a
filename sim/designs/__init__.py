"""Designs: which conditions a study plays, a file each. conf/design/grid.yaml is sim/designs/grid.py."""
