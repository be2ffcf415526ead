// Pieces of the page. Text goes in as text only.

function element(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    node.setAttribute(name, value);
  }
  node.append(...children.flat().filter(child => child != null));
  return node;
}

/** A node with style properties: the policy forbids style attributes. */
function styled(node, properties) {
  for (const [name, value] of Object.entries(properties)) {
    node.style.setProperty(name, value);
  }
  return node;
}

function section(title, note, ...content) {
  return element("section", {},
    element("h2", {}, title),
    note ? element("p", {class: "note"}, note) : null,
    content);
}

function tile(label, value, detail) {
  return element("div", {class: "tile"},
    element("dt", {}, label),
    element("dd", {}, value, detail ? element("small", {}, detail) : null));
}

/**
 * A column is {title, cell: row => node or text, text: whether it is left-aligned, wide: whether it may wrap}.
 */
function table(columns, rows) {
  const kind = column => column.wide ? "text wide" : column.text ? "text" : "number";
  return element("div", {class: "scroll", tabindex: "0"},
    element("table", {},
      element("thead", {},
        element("tr", {},
          columns.map(column => element("th", {scope: "col", class: kind(column)}, column.title)))),
      element("tbody", {},
        rows.map(row => element("tr", {},
          columns.map(column => element("td", {class: kind(column)}, column.cell(row))))))));
}

function omittedNote(excerpt) {
  return excerpt.omitted > 0
    ? element("p", {class: "note"},
        plural(excerpt.omitted, "row", "rows") + " after the first left out; all are in progress.jsonl.")
    : null;
}

/** A name with the color that it has everywhere on the page. */
function swatch(name, color) {
  return element("span", {class: "swatch"}, styled(element("i"), {"background": color}), name);
}
