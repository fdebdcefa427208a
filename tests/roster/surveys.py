"""Inputs in the form of `cases`: what survey tools export, with headings in two rows, choices and codes."""

# ruff: noqa: E501  (files as programs write them)

from forms import workbook
from minutes import Cases

FOUR = "Port>Dock=0.75 Port>Inn=0.25 Dock>Port=0.5 Dock>Inn=1"
"""of answers 3 and 1, 2 and 4"""
ROWS = "Port,,3,1\nDock,2,,4\nInn,,,\n"
PICKED = "Hall>Bank Hall>Clinic Bank>Hall Clinic>Bank"
JOINED = "its headings are in two rows, questions and what each is about, and were joined: "

TWO_ROWS: Cases = {
    "two rows, blanks for what is said before": ({"a.csv": f"Organisation,How often?,,\n,Port,Dock,Inn\n{ROWS}"}, "Port Dock Inn", FOUR, JOINED + "'How often? [Port]'"),
    "two rows, the question on each": ({"a.csv": f"Organisation,How often?,How often?,How often?\nResponse,Port,Dock,Inn\n{ROWS}"}, "Port Dock Inn", FOUR, JOINED),
    "two rows, SurveyMonkey": ({"a.csv": "Respondent ID,Your organisation,How often do you meet?,,\n,Open-Ended Response,Port,Dock,Inn\n1,Port,,Weekly,Monthly\n2,Dock,Weekly,,Never\n3,Inn,,Rarely,\n"},
        "Port Dock Inn", "1>2=0.8 1>3=0.6 2>1=0.8 3>2=0.2", JOINED + "'How often do you meet? [Port]'"),
    "two rows, two questions": ({"a.csv": "Name,How often do you meet?,,How much do you trust?,\nResponse,Port,Dock,Port,Dock\nPort,,4,,5\nDock,2,,1,\n"}, "Port Dock", "Port>Dock=1 Dock>Port=0.5",
        "strength (2 columns), trust (2 columns)"),
    "two rows, a workbook": ({"a.xlsx": workbook({"S": [["ID", "What is your organisation?", "Whom do you work with?", None, None], [None, "Open-Ended Response", "Port", "Dock", "Inn"],
        [1, "Port", None, "Dock", "Inn"], [2, "Dock", "Port", None, None], [3, "Inn", None, "Dock", None]]})}, "Port Dock Inn", "1>2 1>3 2>1 3>2", "who was chosen among partners"),
    "two rows, in German": ({"a.csv": "Organisation;Wie oft treffen Sie sich?;;\nAntwort;Port;Dock;Inn\nPort;;täglich;nie\nDock;wöchentlich;;monatlich\nInn;;;\n"}, "Port Dock Inn",
        "Port>Dock=1 Dock>Port=0.8 Dock>Inn=0.6", "täglich = 1"),
    "two rows, in Japanese": ({"a.csv": "組織,連絡の頻度,,\n回答,港,診療所,学校\n港,,3,1\n診療所,2,,4\n学校,,,\n"}, "港 診療所 学校", "港>診療所=0.75 港>学校=0.25 診療所>港=0.5 診療所>学校=1", JOINED),
    "two rows, under a title": ({"a.csv": f"Survey 2024,,,\nOrganisation,How often?,,\nResponse,Port,Dock,Inn\n{ROWS}"}, "Port Dock Inn", FOUR, "1 row above the headings ignored: 'Survey 2024'"),
    "two rows, other choices": ({"a.csv": "Name,How often?,,Offers,,\n,Port,Dock,Food,Beds,Other (please specify)\nPort,,4,Food,,\nDock,2,,,Beds,boats\n"}, "Port Dock", "Port>Dock=1 Dock>Port=0.5",
        "ignored: 'Offers [Food]', 'Offers [Beds]', 'Offers [Other (please specify)]'"),
    "two rows, a partner who does not answer": ({"a.csv": "Name,How often?,,\n,Port,Dock,Guild\nPort,,4,2\nDock,2,,\n"}, "Port Dock Guild", "Port>Dock=1 Port>Guild=0.5 Dock>Port=0.5",
        "1 partner in no row of their own added: Guild"),
    "two rows, a question above a matrix": ({"a.csv": ",How much do you trust? (1-5),\nName,Port,Dock\nPort,,5\nDock,3,\n"}, "Port Dock", "Port>Dock Dock>Port", "trust (2 columns)"),
    "two rows, items of trust": ({"a.csv": "Name,Openness,,Reliability,,Shared mission,\nResponse,Port,Dock,Port,Dock,Port,Dock\nPort,,4,,3,,2\nDock,1,,2,,3,\n"}, "Port Dock", "Port>Dock Dock>Port",
        "trust: answers read on a scale from 1 (as 0) to 4 (as 1)"),
    "two rows, codes above questions": ({"a.csv": "ResponseId,Q1,Q2_1,Q2_2\nResponse ID,Your organisation,How often? - Port,How often? - Dock\nR1,Port,,4\nR2,Dock,2,\n"}, "Port Dock",
        "Port>Dock=1 Dock>Port=0.5", "its second row holds the questions"),
    "two rows, but the second are cells": ({"a.csv": "Organisation,Sector,,\nPort,trade,,\nDock,trade,,\n"}, "Port Dock", "", ""),
}  # fmt: skip

REDCAP = "record_id,org,partner___1,partner___2,partner___3\n7,Hall,0,1,1\n8,Bank,1,0,0\n9,Clinic,0,1,0\n"
BOOK = ('Variable / Field Name,Field Type,Field Label,"Choices, Calculations, OR Slider Labels"\nrecord_id,text,Record ID,\norg,text,Your organisation,\n'
        'partner,checkbox,Which partners?,"1, Hall | 2, Bank | 3, Clinic"\n')  # fmt: skip
CHOSEN = "who was chosen among partners is tied to who chose them, and nothing says how strongly"


def choices(heading: str, yes: str, no: str, sign: str = ",") -> dict[str, str | bytes]:
    """The same answers with other headings and marks."""
    heads = sign.join(heading.format(name) for name in ("Hall", "Bank", "Clinic"))
    marks = {"Hall": (no, yes, yes), "Bank": (yes, no, no), "Clinic": (no, yes, no)}
    return {"a.csv": f"org{sign}{heads}\n" + "".join(f"{name}{sign}{sign.join(row)}\n" for name, row in marks.items())}


CHOICES: Cases = {
    f"choices, {what}": (files, "Hall Bank Clinic", PICKED, CHOSEN)
    for what, files in (
        ("REDCap's labels", choices("Which? (choice={})", "Checked", "Unchecked")), ("REDCap's numbers", choices("Which? (choice={})", "1", "0", ";")),
        ("LimeSurvey", choices("Which partners? [{}]", "Yes", "No")), ("its codes", choices("partner [{}]", "Y", "N", "\t")),
        ("in German", choices("Partner - {}", "ja", "nein", ";")), ("Qualtrics", choices("Which? - Selected Choice - {}", "x", "")),
        ("names in codes", choices("partner___{}", "Checked", "")),
    )
} | {
    "choices, their own labels": ({"a.csv": "Name,Which? - Hall,Which? - Bank\nHall,,Bank\nBank,Hall,\n"}, "Hall Bank", "Hall>Bank Bank>Hall", CHOSEN),
    "choices, explained by REDCap's dictionary": ({"a.csv": REDCAP, "d.csv": BOOK}, "Hall Bank Clinic", PICKED, "d.csv explains 4 columns: 'record_id' is 'Record ID', 'partner___1' is 'Which partners? (choice=Hall)'"),
    "choices, explained on another sheet": ({"a.xlsx": workbook({"Data": [["record_id", "org", "partner___1", "partner___2"], [1, "Hall", 0, 1], [2, "Bank", 1, 0]],
        "Dictionary": [["Variable / Field Name", "Field Type", "Field Label", "Choices, Calculations, OR Slider Labels"], ["org", "text", "Your organisation", None],
                       ["partner", "checkbox", "Which partners?", "1, Hall | 2, Bank"]]})}, "Hall Bank", "Hall>Bank Bank>Hall", "sheet Dictionary explains 2 columns"),
    "choices, a row for each code": ({"a.csv": "record_id;org;partner_1;partner_2\n1;2;1;\n2;1;;1\n", "d.csv": "variable;code;label\norg;1;Hall\norg;2;Bank\npartner;1;Hall\npartner;2;Bank\n"},
        "Bank Hall", "Bank>Hall Hall>Bank", "the codes of 'org'"),
    "choices, codes for all": ({"a.csv": REDCAP, "d.csv": "Code,Label\n1,Hall\n2,Bank\n3,Clinic\n"}, "Hall Bank Clinic", PICKED, "'partner___1' is 'partner (choice=Hall)'"),
    "choices, codes that nothing explains": ({"a.csv": REDCAP}, "Hall Bank Clinic", "", "'partner___1', 'partner___2', 'partner___3' are choices by their codes, and nothing says what these mean"),
    "choices, of other things": ({"a.csv": "org,Offers (choice=Food),Which? (choice=Hall),Which? (choice=Bank)\nHall,Checked,Unchecked,Checked\nBank,Unchecked,Checked,Unchecked\n"}, "Hall Bank",
        "Hall>Bank Bank>Hall", "these columns were ignored: 'Offers (choice=Food)'"),
    "choices, whom one avoids": ({"a.csv": "org,Whom do you avoid? (choice=Hall),Whom do you avoid? (choice=Bank)\nHall,0,1\nBank,1,0\n"}, "Hall Bank", "",
        "the columns 'Whom do you avoid?' were ignored"),
    "choices, beside how often": ({"a.csv": "org,Which? [Hall],Which? [Bank],How often? [Hall],How often? [Bank]\nHall,,Yes,,4\nBank,Yes,,2,\n"}, "Hall Bank", "Hall>Bank=1 Bank>Hall=0.5",
        "the columns 'Which?' were ignored"),
    "choices, one who does not answer": ({"a.csv": "org,Which? (choice=Hall),Which? (choice=Bank),Which? (choice=Guild)\nHall,0,1,1\nBank,1,0,0\n"}, "Hall Bank Guild",
        "Hall>Bank Hall>Guild Bank>Hall", "1 partner in no row of their own added: Guild"),
    "choices, all in one cell": ({"a.csv": 'Timestamp,Your organisation,Which partners?\n1,Hall,"Bank, Clinic"\n2,Bank,Hall\n3,Clinic,"Bank, None of these"\n'}, "Hall Bank Clinic", PICKED,
        "answers that name nobody were left out: 'None of these'"),
    "choices, commas in names": ({"a.csv": 'Your organisation,Partners\n"Bank, Inc.","Hall, Clinic"\nHall,"Bank, Inc., Clinic"\nClinic,Hall\n'}, "Bank, Inc.;Hall;Clinic",
        "Bank, Inc.>Hall;Bank, Inc.>Clinic;Hall>Bank, Inc.;Hall>Clinic;Clinic>Hall", "5 ties"),
    "choices, in Japanese": ({"a.csv": "組織,連携先\n市役所,診療所、学校\n診療所,市役所\n学校,市役所\n"}, "市役所 診療所 学校", "市役所>診療所 市役所>学校 診療所>市役所 学校>市役所", "4 ties"),
}  # fmt: skip
