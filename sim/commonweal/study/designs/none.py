"""No design: the comparison of strategies with doing nothing that conf/experiment describes."""

from commonweal.study.designs.design import Columns, Design


class NoDesign(Design):
    """Nothing is varied besides strategies and scenarios."""

    def points(self) -> Columns:
        return {"name": ["as configured"]}
