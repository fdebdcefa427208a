"""The model: who the leaders are, how they act in a round, and what is measured of it.

- round: the round, one page
- params: parameter objects, with meaning and bounds
- luck: random numbers, each a function of where it is used
- kernel: the compiler of hot loops
- cache: where what it makes is kept
- calls: from Python to a compiled kernel
- tape: what a round calls, recorded once and played again without Python
- drive: kernels one after the other, played by one piece of compiled code
- flat: from a kernel of tables one of the columns that it reads
- order: places sorted by a value, for kernels
- state: one array per quantity, communities laid end to end
- community: who the leaders are and how they are tied
- levers: what a convener may set, and may see
- mechanisms: what happens in a round, a file per step
- plain_method: what a rule does among leaders who are objects
- strategies: what a convener can do, a file each
- convener: what levers cost, and what there is to spend
- scenario: conditions at the start, and events
- world: every parameter of one condition
- own_code: a hash of what the user's own classes do
- measures: what is measured at the end of a round
- run: replicates of one world, in batches
- needed: which kernels a world will call
- numbers: the version of the model's numbers
"""
