"""Inputs in the form of `cases`: who takes part in what, who was there, several tables in one sheet."""

# ruff: noqa: E501  (files as people write them)

from forms import workbook

Cases = dict[str, tuple[dict[str, str | bytes], str, str, str]]
LOOSE = "Ann>Bob Bob>Ann Ann>Cleo Cleo>Ann"
"""Ann met Bob, and Cleo; Bob and Cleo never met"""
TWICE = "Ann>Bob=1 Bob>Ann=1 Ann>Cleo=0.5 Cleo>Ann=0.5 Bob>Cleo=0.5 Cleo>Bob=0.5"
"""Ann met Bob twice, everybody else once"""

TWO_MODES: Cases = {
    "two modes, roles": ({"a.csv": "Name,Steering group,Health forum\nAnn,chair,member\nBob,member,\nCleo,,secretary\n"}, "Ann Bob Cleo", LOOSE,
        "cells such as 'chair', 'secretary' were read as taking part"),
    "two modes, counts": ({"a.csv": "Organisation,Harbour board,Forum,School\nAnn,12,3,0\nBob,4,,7\nCleo,,5,2\n"}, "Ann Bob Cleo",
        "Ann>Bob=1 Bob>Ann=1 Ann>Cleo=0.75 Cleo>Ann=0.75 Bob>Cleo=0.5 Cleo>Bob=0.5", "numbers are how often each took part, and of each two the smaller counts"),
    "two modes, decimal commas": ({"a.csv": "Name;Board;Forum\nAnn;0,5;1\nBob;1;0\nCleo;0;1,5\n"}, "Ann Bob Cleo",
        "Ann>Bob=0.5 Bob>Ann=0.5 Ann>Cleo=1 Cleo>Ann=1", "numbers are how often each took part"),
    "two modes, years": ({"a.csv": "Name,Board,Forum\nAnn,2019,2021\nBob,2020,\nCleo,,2022\n"}, "Ann Bob Cleo", LOOSE, "its cells hold years, which were read as taking part"),
    "two modes, marks of all kinds": ({"a.csv": "Organisation;Beirat;Forum\nAnn;X;(x)\nBob;ja;-\nCleo;nein;Vorsitz\n"}, "Ann Bob Cleo", LOOSE, "'(x)', 'ja', 'Vorsitz'"),
    "two modes, in Japanese": ({"a.csv": "名前,港委員会,健康フォーラム\n市長,委員長,委員\n診療所,委員,\n教会,,委員\n"}, "市長 診療所 教会",
        "市長>診療所 診療所>市長 市長>教会 教会>市長", "'委員長', '委員' were read as taking part"),
    "two modes, in French": ({"a.csv": "\ufeffNom;Comité du port;Forum santé\nAnn;oui;oui\nBob;oui;non\nCleo;non;oui\n"}, "Ann Bob Cleo", LOOSE, "'oui'"),
    "two modes, turned": ({"a.csv": "Committee,Ann,Bob,Cleo\nBoard,chair,member,\nForum,x,,guest\n"}, "Ann Bob Cleo", LOOSE, "3 leaders by 2 things"),
    "two modes, beside a sector": ({"a.csv": "Name,Sector,Harbour board,Health forum\nAnn,council,x,x\nBob,health,x,\nCleo,faith,,x\n"}, "Ann Bob Cleo", LOOSE,
        "('Harbour board', 'Health forum')"),
    "two modes, with sums": ({"a.csv": "Name,Board,Forum,Total\nAnn,chair,x,2\nBob,x,,1\nCleo,,x,1\nTotal,2,2,4\n"}, "Ann Bob Cleo", LOOSE, "rows and columns of sums were left out"),
    "two modes, a register": ({"a.csv": "Name,2024-01-12,2024-02-09\nAnn,P,P\nBob,P,A\nCleo,A,P\n"}, "Ann Bob Cleo", LOOSE, "'A' were read as not taking part"),
    "two modes, of days by people": ({"a.csv": "Date,Ann,Bob,Cleo\n12.01.2024,x,x,\n09.02.2024,x,,x\n"}, "Ann Bob Cleo", LOOSE, "('12.01.2024', '09.02.2024')"),
    "two modes, apologies": ({"a.csv": "Name,January,February\nAnn,present,present\nBob,present,apologies\nCleo,absent,present\n"}, "Ann Bob Cleo", LOOSE,
        "'apologies', 'absent' were read as not taking part"),
    "two modes, a seat is no committee": ({"a.csv": "Name,Board\nAnn,x\nBob,x\nCleo,\n"}, "Ann Bob Cleo", "", "'Board' as seated"),
    "two modes, numbers of staff are none": ({"a.csv": "Name,Staff,Volunteers\nAnn,12,3\nBob,4,0\n"}, "Ann Bob", "", "these columns were ignored: 'Staff', 'Volunteers'"),
    "two modes, how many meetings they hold are none": ({"a.csv": "Organisation,Events,Meetings\nAnn,12,3\nBob,4,0\n"}, "Ann Bob", "", "these columns were ignored: 'Events', 'Meetings'"),
    "two modes, whether they have a board is none": ({"a.csv": "Organisation,Sector,Has board,Member of forum\nAnn,x,yes,yes\nBob,y,yes,no\n"}, "Ann Bob", "", "'Member of forum'"),
    "two modes, roles of people are none": ({"a.csv": "Name,Role,Second role\nAnn,chair,member\nBob,member,\n"}, "Ann Bob", "", "these columns were ignored: 'Role', 'Second role'"),
}  # fmt: skip

MET: Cases = {
    "minutes, a row for each who came": ({"a.csv": "Date,Name\n2024-01-12,Ann\n2024-01-12,Bob\n2024-02-09,Ann\n2024-02-09,Cleo\n"}, "Ann Bob Cleo", LOOSE,
        "a list of who was there: 3 leaders at 2 meetings ('2024-01-12', '2024-02-09'): tied where they met, the more often the stronger"),
    "minutes, the day only once": ({"a.csv": "Date,Name\n2024-01-12,Ann\n,Bob\n,Cleo\n2024-02-09,Ann\n,Bob\n"}, "Ann Bob Cleo", TWICE, "3 rows without a date or meeting read as of the row above"),
    "minutes, all in a cell": ({"a.csv": "Meeting,Attendees\nKick-off,Ann; Bob; Cleo\nBudget,Ann; Bob\n"}, "Ann Bob Cleo", TWICE, "2 meetings ('Kick-off', 'Budget')"),
    "minutes, between commas": ({"a.csv": 'Meeting,Attendees\nKick-off,"Ann, Bob and Cleo"\nBudget,Ann & Bob\n'}, "Ann Bob Cleo", TWICE, "3 leaders at 2 meetings"),
    "minutes, on lines of a workbook": ({"a.xlsx": workbook({"Minutes": [["Minutes 2024"], ["Date", "Topic", "Present"], ["2024-01-12", "Port", "Ann\nBob\nCleo"],
        ["2024-02-10", "Dock", "Ann\nBob"]]})}, "Ann Bob Cleo", TWICE, "'2024-01-12 Port'"),
    "minutes, a column for each who came": ({"a.csv": "Date,Attendee 1,Attendee 2,Attendee 3\n2024-01-12,Ann,Bob,Cleo\n2024-02-09,Ann,Bob,\n"}, "Ann Bob Cleo", TWICE, "2 meetings"),
    "minutes, two boards on a day": ({"a.csv": "Date,Meeting,Attendee\n2024-01-12,Board,Ann\n2024-01-12,Board,Bob\n2024-01-12,Forum,Ann\n2024-01-12,Forum,Cleo\n"},
        "Ann Bob Cleo", LOOSE, "'2024-01-12 Board', '2024-01-12 Forum'"),
    "minutes, in German": ({"a.csv": "Sitzung;Anwesend;Notiz\n1;Ann, Bob;lang\n2;Ann, Cleo;\n"}, "Ann Bob Cleo", LOOSE, "these columns were ignored: 'Notiz'"),
    "minutes, in Japanese": ({"a.csv": "日付,出席者\n2024-01-12,市長、診療所\n2024-02-09,診療所、教会\n"}, "市長 診療所 教会", "市長>診療所 診療所>市長 診療所>教会 教会>診療所", "2 meetings"),
    "minutes, who was absent": ({"a.csv": "Date,Name,Status\n1 May 2024,Ann,present\n1 May 2024,Bob,present\n1 May 2024,Cleo,absent\n2 May 2024,Ann,present\n2 May 2024,Cleo,present\n2 May 2024,Bob,apologies\n"},
        "Ann Bob Cleo", LOOSE, "2 rows of who was not there tie nobody"),
    "minutes, with a title, a sum and a note": ({"a.csv": "Who came to the board,\nDate,Name\n12 January 2024,Ann\n12 January 2024,Bob\n9 February 2024,Ann\n9 February 2024,Cleo\nTotal,4\nNote: without guests,\n"},
        "Ann Bob Cleo", LOOSE, "a row of sums was left out: 'Total'"),
    "minutes, family names first": ({"a.csv": 'Date,Name\n1,"Roe, Ann"\n1,"Doe, Bob"\n2,"Roe, Ann"\n2,"Low, Max"\n'}, "Roe, Ann;Doe, Bob;Low, Max",
        "Roe, Ann>Doe, Bob;Doe, Bob>Roe, Ann;Roe, Ann>Low, Max;Low, Max>Roe, Ann", "2 meetings"),
    "minutes, an 'and' in a name": ({"a.csv": 'Meeting,Participants\nKick-off,"Port, Food and Farm"\nBudget,"Port, Clinic"\n'}, "Port;Food and Farm;Clinic",
        "Port>Food and Farm;Food and Farm>Port;Port>Clinic;Clinic>Port", "names with an 'and' were read as one leader: 'Food and Farm'"),
    "minutes, beside leaders": ({"l.csv": "id,name\n1,Ann\n2,Bob\n3,Cleo\n", "a.csv": "Date,Attendees\n2024-01-12,Ann; Bob\n2024-02-09,Ann; Cleo\n"}, "Ann Bob Cleo",
        "1>2 2>1 1>3 3>1", "ends of ties given by name"),
    "minutes, meetings and names": ({"a.csv": "Event,Member\nBoard,Ann\nBoard,Bob\nForum,Ann\nForum,Cleo\n"}, "Ann Bob Cleo", LOOSE, "3 leaders by 2 things"),
    "minutes, how many came is none": ({"a.csv": "Organisation,Date,Participants\nAnn,2024-01-12,120\nBob,2024-02-01,80\n"}, "Ann Bob", "", "these columns were ignored: 'Date', 'Participants'"),
    "minutes, when people joined is none": ({"a.csv": "Name,Date\nAnn,2019-01-01\nBob,2020-01-01\n"}, "Ann Bob", "", "these columns were ignored: 'Date'"),
}  # fmt: skip

STACKED: Cases = {
    "stacked, an empty row between": ({"a.csv": "id,name,sector\n1,Ann,council\n2,Bob,health\n,,\nsource,target,strength\n1,2,0.5\n"}, "Ann Bob", "1>2=0.5 2>1=0.5",
        "it holds 2 tables: 'a' from line 1, 'a (2)' from line 5"),
    "stacked, under titles": ({"a.csv": "\ufeffOrganisations\r\nName;Type\r\nAnn;Amt\r\nBob;Klinik\r\n\r\nBeziehungen\r\nVon;Nach;Weight\r\nAnn;Bob;0,5\r\n"}, "Ann Bob", "Ann>Bob=0.5 Bob>Ann=0.5",
        "'Organisations' from line 1, 'Beziehungen' from line 6"),
    "stacked, titles without an empty row": ({"a.csv": "Leaders\nid,name\n1,Ann\n2,Bob\nTies\nsource,target\n1,2\n"}, "Ann Bob", "1>2 2>1", "'Leaders' from line 1, 'Ties' from line 5"),
    "stacked, in a workbook": ({"a.xlsx": workbook({"Town": [["Organisations"], ["Name", "Type"], ["Ann", "council"], ["Bob", "health"], [], ["Who works with whom"],
        ["From", "To", "How often"], ["Ann", "Bob", 3]]})}, "Ann Bob", "Ann>Bob=1 Bob>Ann=1", "'Who works with whom' from line 6"),
    "stacked, ties above": ({"a.csv": "Source;Target;Weight\n1;2;0,5\n2;1;1\n\nId;Label\n1;Ann\n2;Bob\n"}, "Ann Bob", "1>2=0.5 2>1=1", "2 tables"),
    "stacked, ties are wider": ({"a.csv": "id,name\n1,Ann\n2,Bob\n\nsource,target,strength,trust\n1,2,0.5,0.7\n"}, "Ann Bob", "1>2=0.5 2>1=0.5", "2 tables"),
    "stacked, a matrix below": ({"a.csv": "Name,Sector,\nAnn,council,\nBob,health,\n\n,Ann,Bob\nAnn,,1\nBob,0,\n"}, "Ann Bob", "Ann>Bob", "2 tables"),
    "stacked, a matrix above": ({"a.csv": ",Ann,Bob\nAnn,0,1\nBob,1,0\n\nName,Sector,Budget\nAnn,council,100\nBob,health,200\n"}, "Ann Bob", "Ann>Bob Bob>Ann", "'Budget' as endowment"),
    "stacked, committees below": ({"a.csv": "Name,Sector,\nAnn,council,\nBob,health,\n,,\nName,Board,Forum\nAnn,x,x\nBob,x,\n"}, "Ann Bob", "Ann>Bob Bob>Ann", "2 leaders by 2 things"),
    "stacked, three": ({"a.csv": "id,group\n1,North\n2,South\n\nsource,target\n1,2\n\ngroup,size\nNorth,100\nSouth,200\n"}, "1 2", "1>2 2>1", "it holds 3 tables"),
    "stacked, headings of no tongue we know": ({"a.csv": "名前,分野\n市長,行政\n診療所,医療\n\nから,まで\n市長,診療所\n"}, "市長 診療所", "市長>診療所 診療所>市長", "'から' and 'まで' hold the names"),
    "stacked, a summary below": ({"a.csv": "Name,Sector\nAnn,council\nBob,health\n\nSector,Count\ncouncil,1\nhealth,1\n"}, "Ann Bob", "", "'a (2)' is no table of leaders, ties or groups, and was ignored"),
    "stacked, beside one another": ({"a.csv": "id,name,,source,target\n1,Ann,,1,2\n2,Bob,,2,3\n3,Cleo,,,\n"}, "Ann Bob Cleo", "1>2 2>1 2>3 3>2", "it holds 2 tables"),
    "stacked, only empty rows": ({"a.csv": "name,sector\n\nAnn,area\n\nCommunity,people\n\nBob,health\n"}, "Ann Community Bob", "", ""),
    "stacked, headings once more": ({"a.csv": "Name,Sector\nAnn,council\n\nName,Sector\nBob,faith\n"}, "Ann Bob", "", "1 row repeating the headings left out"),
}  # fmt: skip
