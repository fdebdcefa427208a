"""An example roster to start from: twelve leaders of an invented town."""

from pathlib import Path

from commonweal.roster.questionnaire import example_book, questionnaire
from commonweal.roster.written import write_new

LEADERS = """\
id,name,sector,group,endowment,standing,seated,promise_keeping,priority_housing,priority_jobs,priority_health
mayor,Ines Harrow,council,Old Town,1600,3.0,yes,0.7,0.3,0.5,0.2
planner,Tom Adeyemi,council,Hillside,1200,1.8,yes,0.8,0.5,0.3,0.2
bank,Ruth Calder,business,Hillside,2000,2.5,yes,,0.2,0.7,0.1
market,Sam Okafor,business,Old Town,1000,1.2,yes,0.6,0.2,0.6,0.2
workshop,Lena Brandt,business,Riverside,800,0.6,no,0.8,0.3,0.6,0.1
school,Priya Nair,school,Hillside,1000,1.5,yes,0.9,0.3,0.3,0.4
college,Joe Whitlock,school,Old Town,1100,1.3,yes,,0.2,0.6,0.2
clinic,Amara Diallo,health,Riverside,900,1.0,yes,0.9,0.2,0.1,0.7
pharmacy,Owen Pryce,health,Old Town,900,0.9,no,0.7,0.2,0.3,0.5
parish,Marta Vidal,faith,Old Town,700,1.6,yes,0.9,0.5,0.2,0.3
mosque,Yusuf Demir,faith,Eastfield,600,0.8,no,0.9,0.4,0.3,0.3
tenants,Grace Boateng,neighbours,Eastfield,500,0.5,no,,0.7,0.2,0.1
"""

TIES = """\
source,target,type,strength,trust
mayor,planner,undirected,0.8,0.7
mayor,bank,directed,0.6,0.6
bank,mayor,directed,0.4,0.5
mayor,parish,undirected,0.4,0.6
mayor,college,undirected,0.4,
planner,school,undirected,0.5,0.6
planner,market,undirected,0.3,0.5
bank,market,undirected,0.6,0.6
bank,college,undirected,0.3,0.5
market,workshop,undirected,0.4,0.6
market,pharmacy,undirected,0.3,
school,college,undirected,0.7,0.8
school,clinic,undirected,0.3,0.6
clinic,pharmacy,undirected,0.7,0.7
clinic,workshop,undirected,0.3,0.5
parish,mosque,undirected,0.4,0.7
parish,school,undirected,0.3,0.7
mosque,tenants,undirected,0.7,0.8
tenants,clinic,undirected,0.2,0.5
tenants,mayor,undirected,0.1,0.2
"""

GROUPS = """\
group,size,marginalised,need_housing,need_jobs,need_health
Old Town,5200,no,0.3,0.4,0.3
Hillside,3900,no,0.3,0.3,0.4
Riverside,2600,yes,0.4,0.4,0.2
Eastfield,2100,yes,0.6,0.3,0.1
"""


def write_template(folder: Path | str) -> tuple[Path, ...]:
    """Write leaders.csv, ties.csv, groups.csv, town.xlsx and questionnaire.xlsx into a folder, made if need be.

    Returns their paths. The workbook holds the same as the three tables; columns left out, such as belief, and empty
    cells show that not all need be known. Raises RosterError, with nothing written, if one of the files is there
    already or the folder cannot be written.
    """
    tables = {"leaders": LEADERS, "ties": TIES, "groups": GROUPS}
    contents: dict[str, str | bytes] = {f"{name}.csv": text for name, text in tables.items()}
    books = {"town.xlsx": example_book(tables), "questionnaire.xlsx": questionnaire()}
    return write_new(folder, contents | books, "the example")
