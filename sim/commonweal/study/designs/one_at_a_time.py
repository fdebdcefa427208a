"""One at a time: the configuration as it is, then each parameter at each of its values while the others stay."""

from commonweal.study.designs.design import NAME, Columns, DesignOfLevels


class OneAtATime(DesignOfLevels):
    """The first condition is the configuration as it is."""

    def points(self) -> Columns:
        assert self.over is not None
        steps = [(name, value) for name, values in self.over.items() for value in values]
        found: Columns = {NAME: ["as configured", *(f"{name}={value}" for name, value in steps)]}
        for name in self.over:
            found[name] = [None, *(value if step == name else None for step, value in steps)]
        return found
