"""One network written in every form that is read, each as its program writes it."""

import csv
import json
from collections.abc import Callable
from io import BytesIO, StringIO

import networkx
import openpyxl

Ties = dict[tuple[str, str], float]
"""who attends to whom, and how much"""


def rows_of(rows: list[list[object]], delimiter: str = ",") -> bytes:
    file = StringIO(newline="")
    csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return file.getvalue().encode()


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def graph_of(names: list[str], ties: Ties) -> networkx.DiGraph:
    graph = networkx.DiGraph()
    graph.add_nodes_from(names)
    graph.add_weighted_edges_from((i, j, weight) for (i, j), weight in ties.items())
    return graph


def by_networkx(write: Callable) -> Callable[[list[str], Ties], dict[str, bytes]]:
    def written(names: list[str], ties: Ties) -> bytes:
        file = BytesIO()
        write(graph_of(names, ties), file)
        return file.getvalue()

    return written


def matrix(names: list[str], ties: Ties) -> list[list[object]]:
    return [["", *names], *([i, *(ties.get((i, j), 0) for j in names)] for i in names)]


def edges(ties: Ties, *heading: str) -> list[list[object]]:
    return [[*heading], *([i, j, weight, "Directed"] for (i, j), weight in ties.items())]


def quoted(names: list[str]) -> str:
    return "\n".join(f'"{name}"' for name in names)


def pajek(names: list[str], ties: Ties, as_matrix: bool = False) -> bytes:
    place = {name: at for at, name in enumerate(names, 1)}
    vertices = "".join(f'{at} "{name}" 0.1 0.2 0.5\n' for name, at in place.items())
    arcs = "*Arcs\n" + "".join(f"{place[i]} {place[j]} {weight!r}\n" for (i, j), weight in ties.items())
    table = "*Matrix\n" + "".join(" ".join(repr(ties.get((i, j), 0)) for j in names) + "\n" for i in names)
    return f"*Vertices {len(names)}\n{vertices}{table if as_matrix else arcs}".encode()


def dl(names: list[str], ties: Ties, form: str) -> bytes:
    head = f"dl n={len(names)} format={form}\nlabels:\n{quoted(names)}\ndata:\n"
    if form == "fullmatrix":
        rows = [" ".join(repr(ties.get((i, j), 0)) for j in names) for i in names]
    else:
        rows = [f'"{i}" "{j}" {weight!r}' for (i, j), weight in ties.items()]
    return (head + "\n".join(rows) + "\n").encode()


def gexf(names: list[str], ties: Ties) -> bytes:
    file = BytesIO()
    networkx.write_gexf(graph_of(names, ties), file)
    return file.getvalue()


def kumu(names: list[str], ties: Ties) -> dict[str, bytes]:
    connections = [["From", "To", "Strength", "Direction"]]
    connections += [[i, j, weight, "directed"] for (i, j), weight in ties.items()]
    return {"elements.csv": rows_of([["Label"], *([name] for name in names)]), "connections.csv": rows_of(connections)}


def kumu_json(names: list[str], ties: Ties) -> bytes:
    elements = [{"_id": f"elem-{at}", "attributes": {"label": name}} for at, name in enumerate(names)]
    place = {name: f"elem-{at}" for at, name in enumerate(names)}
    connections = [
        {"from": place[i], "to": place[j], "direction": "directed", "attributes": {"strength": weight}}
        for (i, j), weight in ties.items()
    ]
    return json.dumps({"elements": elements, "connections": connections}).encode()


def sheets(names: list[str], ties: Ties) -> bytes:
    return workbook({"Organisations": [["Name"], *([name] for name in names)],
                     "Who works with whom": edges(ties, "From", "To", "Weight", "Type")})  # fmt: skip


def node_link(names: list[str], ties: Ties) -> bytes:
    return json.dumps(networkx.node_link_data(graph_of(names, ties), edges="links")).encode()


def tables(names: list[str], ties: Ties) -> dict[str, bytes]:
    return {
        "leaders.csv": rows_of([["id"], *([name] for name in names)]),
        "ties.csv": rows_of(edges(ties, "source", "target", "strength", "type")),
    }


def gephi(names: list[str], ties: Ties) -> dict[str, bytes]:
    return {
        "nodes.csv": rows_of([["Id", "Label", "timeset"], *([name, name, ""] for name in names)]),
        "edges.csv": rows_of(edges(ties, "Source", "Target", "Weight", "Type")),
    }


FORMS: dict[str, Callable[[list[str], Ties], bytes | dict[str, bytes]]] = {
    "our tables": tables,
    "Gephi's tables": gephi,
    "Kumu's tables": kumu,
    "town.json of Kumu": kumu_json,
    "town.json": node_link,
    "town.graphml": by_networkx(networkx.write_graphml),
    "town.gexf": gexf,
    "town.gml": by_networkx(networkx.write_gml),
    "town.net": pajek,
    "matrix.net": lambda names, ties: pajek(names, ties, as_matrix=True),
    "matrix.dl": lambda names, ties: dl(names, ties, "fullmatrix"),
    "list.dl": lambda names, ties: dl(names, ties, "edgelist1"),
    "matrix.csv": lambda names, ties: rows_of(matrix(names, ties)),
    "matrix of semicolons.csv": lambda names, ties: rows_of(
        [[str(cell).replace(".", ",") if isinstance(cell, float) else cell for cell in row]
         for row in matrix(names, ties)], ";"),
    "matrix.xlsx": lambda names, ties: workbook({"Sheet1": matrix(names, ties)}),
    "sheets.xlsx": sheets,
}  # fmt: skip


def files_of(form: str, names: list[str], ties: Ties) -> dict[str, bytes]:
    """The files of a form by their names."""
    written = FORMS[form](names, ties)
    return written if isinstance(written, dict) else {form.partition(" of ")[0] if ".json" in form else form: written}
