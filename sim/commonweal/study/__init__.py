"""Studies: conditions, each played a number of times, kept, resumed and extended.

- study: which conditions are played, how often, and what is kept
- conditions: what a condition is
- variation: one configuration, and the worlds its changes make
- draw: what a world of an ensemble has in the place of conf's numbers
- ensembles: which worlds a comparison is played in besides, a file each
- orders: in which mechanisms are switched on, one after the other
- designs: which conditions a study plays, a file each
- replication: when they were played often enough, a file per rule
- equal_spend: each strategy once more, all spending the same
- blocks: the work cut into rectangles, a process playing one at a time
- pool: tasks and the processes that carry them out
- workers: how many of them, where it is not said
- executors: other places of work, a file each
- play: playing what a folder lacks
- prepare: making a folder ready
- folder: the manifest and the lock
- fitted: the worlds that a fit left
- parts: the files by which a study grows
- schema: every column with type, unit and meaning
- dataset: what a folder holds, as far as it is whole
- progress: how far a study has come
- tables: what is made of the parts when all is played
- provenance: where results came from
- sweep: what many studies of one command come to together
- query: SQL over the runs
- branch: a run under another strategy from some round on
"""
