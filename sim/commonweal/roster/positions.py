"""Identities of leaders that a program numbers by their positions: their labels serve, where each has its own."""

from commonweal.roster.errors import Review


def named_by_label(people: list[dict[str, str]], bonds: list[dict[str, str]], label: str, review: Review) -> None:
    """Put labels in the place of ids, in both tables, where every node has one and no two the same.

    The numbers of Pajek, GML or igraph say where a node stands in the file and change with every export, so that
    the same leaders would not be the same leaders; a label stays.
    """
    labels = [row.get(label, "").strip() for row in people]
    ids = [row.get("id", "").strip() for row in people]
    if not people or not all(labels) or len(set(labels)) < len(labels) or len(set(ids)) < len(ids):
        return
    place = dict(zip(ids, labels, strict=True))
    for row, named in zip(people, labels, strict=True):
        row["id"] = named
        del row[label]
    for row in bonds:
        for end in ("source", "target"):
            cell = row.get(end, "").strip()
            row[end] = place.get(cell, cell)
    review.decision(
        "labels serve as ids, since the ids of this format are numbers of positions", "each label is unique"
    )
