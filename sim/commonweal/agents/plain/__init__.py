"""The plain twin: the model once more, one object per leader, as one writes a Mesa model. Begin with twin.py.

- twin: the round among leaders who are objects
- plain_leader: who leaders are, and what they do of their own accord
- ties: whom a leader attends to, in a fixed number of slots
- groups: the people whom leaders serve
- teams: whose gifts are pooled together, and what comes of them
- convene: the strategy sets the levers, and the convener pays
- meet: ties fade, and are made
- pledge: some say what they will give
- agree: an agenda passes or not
- choose: each gives a share
- settle: grants, fines, esteem, payoffs and welfare
- events: what the scenario makes happen
- measures: what is measured at the end of a round
- shares: arithmetic of a whole that is divided
"""
