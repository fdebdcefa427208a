"""What happens in a round, one file per step: a parameter class, one verb, and the kernel it calls.

- meet: ties fade, and leaders meet
- talk: they state priorities and hear each other
- pledge: some say what they will give
- agree: they seek an agenda
- table: how the table stands between two agendas, while a mediator tries others
- decision_rule: when it passes
- choose: each gives a share of their endowment
- game: what gifts yield
- settle: grants, fines, esteem and welfare
- trust: what giving does to trust
- learn: beliefs follow what was seen
- events: what a scenario makes happen
"""
