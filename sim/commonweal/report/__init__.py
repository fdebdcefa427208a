"""Report: a study's results as one page to hand over, for people who do not read code.

- report: the page that holds everything
- page: what it says, in the order in which it is read
- practice: what each strategy means on Monday
- summary: a row per strategy over all scenarios
- answer: the question, and its answer in a few sentences
- verdicts: the decision rule, applied to effects
- through: by whose giving effects come, and who gains, in sentences
- why: which mechanisms carry each strategy's effect, in sentences
- parting: when two paths of a run part, and through which mechanisms, in sentences
- predictions: what a plan said, and what was found
- why_section: all of why, where it was played
- sentences: effects and names in words
- tables: effects ranked, and who gains and loses
- comparison: what is said of a comparison of strategies
- about_leaders: what is said of the leaders of a roster, by name
- design: what is said of the runs of a design, by its kind
- conditions: the same of conditions held against the first
- factorial: the same of factors
- ranges: the same of ranges
- sweep: what is said of the jobs of a sweep, side by side
- evidence: what the answer rests on
- pictures: figures embedded in a page
- pdf: the page, printed
- notebook: a study's article, executed on its results
- notebook_files: the files of an executed notebook
- notebook_page: its page
- light_pictures: pictures light enough to be kept
"""
