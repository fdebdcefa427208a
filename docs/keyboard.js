// Code and tables that scroll sideways can be reached and scrolled with the keyboard, for as long as they do; the theme
// gives and takes `tabindex` of code by a rule of its own. Its buttons that copy stand in a `nav` each, all of one name,
// and its search has no name.
const page = document.querySelector(".md-content")

function reach() {
  for (const nav of page.querySelectorAll(".md-code__nav")) nav.setAttribute("role", "none")
  for (const each of page.querySelectorAll("pre > code, .md-typeset__scrollwrap")) {
    const scrolls = each.scrollWidth > each.clientWidth
    const what = each.matches("code") ? "code" : "table"
    give(each, "tabindex", scrolls && "0")
    give(each, "role", scrolls && "group")
    give(each, "aria-label", scrolls && `${what}, scrolls sideways`)
  }
}

function give(element, attribute, value) {
  if (!value) element.removeAttribute(attribute)
  else if (element.getAttribute(attribute) !== value) element.setAttribute(attribute, value)
}

document.querySelector(".md-search").setAttribute("aria-label", "search")
new ResizeObserver(reach).observe(page)
new MutationObserver(reach).observe(page, {childList: true, subtree: true, attributeFilter: ["tabindex"]})
