// Ways to train side by side, in the form of the paper's Table II.

function comparison(result) {
  const rows = result.rows;
  const any = field => rows.some(row => row[field] && Object.keys(row[field]).length > 0);
  const last = row => row.perplexities[row.perplexities.length - 1];
  const best = Math.min(...rows.map(last));
  const columns = [
    {title: "", text: true, cell: row => row.directory
      ? element("a", {href: row.directory.split("/").map(encodeURIComponent).join("/") + "/report.html"}, row.name)
      : row.name},
    {title: "perplexity", cell: row => last(row) === best
      ? element("strong", {}, decimal(last(row), 2)) : decimal(last(row), 2)},
    {title: "after each turn or round", text: true, wide: true, cell: row => row.perplexities.length > 1
      ? row.perplexities.map(value => decimal(value, 2)).join(" → ") : ""},
  ];
  if (any("bytesSent")) {
    columns.push({title: "sent by a client", text: true, wide: true, cell: row => perClient(row.bytesSent)});
  }
  if (any("peakMemoryBytes")) {
    columns.push({title: "predicted memory of a client", text: true, wide: true, cell: row => perClient(row.peakMemoryBytes)});
  }
  if (rows.some(row => row.seconds != null)) {
    columns.push({title: "time", cell: row => duration(row.seconds)});
  }
  return section("Ways to train", result.caption, table(columns, rows));
}

function perClient(values) {
  const entries = Object.entries(values || {});
  return entries.length === 0 ? DASH : entries.map(([client, value]) =>
    element("span", {class: "host"}, client + " " + bytes(value)));
}
