"""Ensembles: other worlds in which a comparison is played once more, a file each. conf/ensemble/assumed.yaml is
sim/commonweal/study/ensembles/assumed.py.

- ensemble: what every ensemble has in common
"""
