"""The page of an executed notebook: an article for a browser, its code folded away, fetching nothing."""

from html import escape
from typing import Any, Final

UNTOLD: Final = "No description has been provided for this image"
"""what nbconvert writes in the place of an alternative text"""
TEMPLATE: Final = """{% extends 'lab/index.html.j2' %}
{% block html_head_css %}{{ super() }}<style>
body { max-width: 62rem; margin: 0 auto !important; padding: 0 0.5rem; }
.jp-RenderedHTMLCommon { padding-right: 0 !important; }
.jp-RenderedHTMLCommon h1, .jp-RenderedHTMLCommon h2 { line-height: 1.25 !important; }
.jp-MarkdownOutput, .jp-OutputArea-output.jp-RenderedMarkdown { padding-left: 5px !important; }
.jp-OutputArea-output { overflow-x: auto; }
.jp-OutputArea-output img { max-width: 100%; }
.jp-RenderedMarkdown code { white-space: normal; overflow-wrap: anywhere; }
.jp-CodeCell.jp-mod-noOutputs { display: inline-block; max-width: 100%; padding: 0 0 0 5px !important; }
details.code { margin: 0.2rem 0 0.2rem 5px; }
details.code > summary { color: #595959; cursor: pointer; font: 0.8rem sans-serif; padding: 0.3rem 0; }
@media screen and (max-width: 44rem) { .jp-OutputArea-output img { max-width: 44rem; } }
@media print { details.code { display: none; } }
</style>{% endblock html_head_css %}
{% block input %}<details class="code"><summary>code</summary>{{ super() }}</details>{% endblock input %}
"""


def page(notebook: Any) -> str:
    """The notebook as HTML, titled by its first heading; `plots` have the alternative texts their outputs carry."""
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(
        embed_images=True, mathjax_url="", require_js_url="", raw_template=TEMPLATE,
        exclude_input_prompt=True, exclude_output_prompt=True,
    )  # fmt: skip
    headings = [line[2:] for cell in notebook.cells for line in cell.source.splitlines()
                if cell.cell_type == "markdown" and line.startswith("# ")]  # fmt: skip
    text, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": (headings or ["Notebook"])[0]}})
    for plot in plots(notebook):  # nbconvert does not know of the alternative texts that IPython keeps
        text = text.replace(UNTOLD, escape(plot.metadata.get("image/png", {}).get("alt", "a plot")), 1)
    return text


def plots(notebook: Any) -> list[Any]:
    """The outputs that are pictures, in order."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output for output in outputs if "image/png" in output.get("data", {})]
