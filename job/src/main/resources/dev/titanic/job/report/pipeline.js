// Where the time of a step goes, and what goes over the network.

const PHASES = [
  {name: "forward", css: "var(--forward)", of: row => row.forwardSeconds},
  {name: "backward", css: "var(--backward)", of: row => row.backwardSeconds},
  {name: "waiting", css: "var(--waiting)", of: row => row.waitingSeconds},
];

function total(row) {
  return row.forwardSeconds + row.backwardSeconds + row.waitingSeconds;
}

function pipeline(run, colors) {
  const rows = run.partitions;
  if (!rows.some(row => total(row) > 0)) {
    return null;
  }
  const partitions = new Colors(run.curves.computing.map(curve => curve.name));
  const lines = curves => curves.map(curve => ({name: curve.name, css: partitions.css(curve.name), curve}));
  const lastStep = run.totals.steps;
  return section("Where a step's time goes",
    "By each client's own clock. A partition that waits has nothing to compute: "
    + "its neighbors compute, or something is on its way. Of several owners at once, each has a first partition.",
    element("div", {class: "legend"}, PHASES.map(phase => swatch(phase.name, phase.css))),
    table([
      {title: "partition", text: true, cell: row => row.name},
      {title: "client", text: true, cell: row => swatch(row.client, colors.css(row.client))},
      {title: "share of its time", text: true, cell: bar},
      {title: "idle", cell: row => percent(row.waitingSeconds / total(row))},
      {title: "forward", cell: row => milliseconds(row.forwardSeconds / row.steps)},
      {title: "backward", cell: row => milliseconds(row.backwardSeconds / row.steps)},
      {title: "waiting", cell: row => milliseconds(row.waitingSeconds / row.steps)},
      {title: "steps", cell: row => count(row.steps)},
    ], rows.filter(row => total(row) > 0)),
    element("p", {class: "note"}, "Times are means of a step."),
    element("div", {class: "charts"},
      chart({title: "Computing", unit: "s a step", lines: lines(run.curves.computing), lastStep,
        format: significant, fromZero: true}),
      chart({title: "Waiting", unit: "share of the step", lines: lines(run.curves.waiting), lastStep,
        format: percent, fromZero: true})));
}

function bar(row) {
  return element("span", {class: "bar", title: PHASES
    .map(phase => phase.name + " " + percent(phase.of(row) / total(row))).join(", ")},
    PHASES.map(phase => styled(element("i"), {
      "width": 100 * phase.of(row) / total(row) + "%",
      "background": phase.css,
    })));
}

function traffic(run, colors) {
  const clients = new Map();
  run.partitions.forEach(row => {
    const client = clients.get(row.client) || {client: row.client, partitions: new Set(), bytes: 0};
    client.partitions.add(row.name);
    client.bytes += row.bytesSent;
    clients.set(row.client, client);
  });
  const rows = [...clients.values()];
  const most = Math.max(...rows.map(row => row.bytes));
  if (!(most > 0)) {
    return null;
  }
  const sum = rows.reduce((bytes, row) => bytes + row.bytes, 0);
  return section("Traffic",
    "Activations to the next partition and gradients to the one before, as tensors; the owner sends the head's "
    + "gradients to the last, and of several owners at once, those of its first partition to the server. "
    + "No token and no label is among them.",
    table([
      {title: "client", text: true, cell: row => swatch(row.client, colors.css(row.client))},
      {title: "sent", text: true, cell: row => element("span", {class: "bar"},
        styled(element("i"), {"width": 100 * row.bytes / most + "%", "background": colors.css(row.client)}))},
      {title: "in all", cell: row => bytes(row.bytes)},
      {title: "partitions", text: true, wide: true, cell: row => [...row.partitions].join(", ")},
    ], rows),
    element("p", {class: "note"}, bytes(sum) + " by all clients."),
    edges(run, colors));
}

/** By partition and client, that is by the end of an edge. */
function edges(run, colors) {
  const names = [...new Set(run.partitions.map(row => row.name))];
  const next = i => names[(i + 1) % names.length];
  const before = i => names[(i + names.length - 1) % names.length];
  return table([
    {title: "partition", text: true, cell: row => row.name},
    {title: "client", text: true, cell: row => swatch(row.client, colors.css(row.client))},
    {title: "sends to", text: true, cell: row => {
      const i = names.indexOf(row.name);
      return [...new Set([next(i), before(i)])].join(", ");
    }},
    {title: "in all", cell: row => bytes(row.bytesSent)},
    {title: "a step", cell: row => bytes(row.bytesSent / row.steps)},
  ], run.partitions);
}
