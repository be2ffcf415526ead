// Who hosted what, from when on, and why.

function placements(run, colors) {
  const changes = run.placements.rows;
  const note = run.curves.together.steps.length > 0
    ? "Of several owners at once, the first is shown: it evaluates and is exported." : null;
  if (changes.length === 0) {
    return null;
  }
  const lastStep = Math.max(1, run.totals.steps);
  const clients = [...new Set(changes.flatMap(change => Object.values(change.assignment)))];
  const solved = changes.some(change => change.objective != null);
  return section("Placement", note,
    element("div", {class: "legend"}, clients.map(client => swatch(client, colors.css(client)))),
    timeline(changes, lastStep, colors),
    table([
      {title: "epoch", cell: row => count(row.epoch)},
      {title: "from step", cell: row => count(row.step)},
      {title: "hosts", text: true, wide: true, cell: row => hosts(row)},
      {title: "moved", text: true, cell: row => row.moved.join(", ") || DASH},
      {title: "pause", cell: row => milliseconds(row.pauseSeconds)},
      {title: "reason", text: true, wide: true, cell: row => row.reason},
      ...(solved ? [
        {title: "objective", cell: row => significant(row.objective)},
        {title: "solved in", cell: row => row.solveSeconds == null ? DASH : milliseconds(row.solveSeconds)},
        {title: "state moved", cell: row => bytes(row.bytesMoved)},
      ] : []),
    ], changes),
    omittedNote(run.placements));
}

function hosts(change) {
  return Object.entries(change.assignment).map(([partition, client]) =>
    element("span", {class: change.moved.includes(partition) ? "host moved" : "host"}, partition + " on " + client));
}

/** A row for each partition, a piece of it for each client that hosted it. */
function timeline(changes, lastStep, colors) {
  const names = [...new Set(changes.flatMap(change => Object.keys(change.assignment)))];
  const ticks = [...new Set([0, 0.25, 0.5, 0.75, 1].map(share => Math.round(share * lastStep)))];
  return element("div", {class: "timeline", role: "img", "aria-label": "Hosts of every partition over the steps"},
    names.map(name => element("div", {class: "row"},
      element("span", {class: "name"}, name),
      element("span", {class: "track"}, pieces(name, changes, lastStep).map(piece => styled(
        element("i", {title: name + " on " + piece.client + ", steps " + count(piece.from + 1) + " to " + count(piece.to)},
          100 * (piece.to - piece.from) / lastStep > 12 ? piece.client : ""),
        {
          "left": 100 * piece.from / lastStep + "%",
          "width": 100 * (piece.to - piece.from) / lastStep + "%",
          "background": colors.css(piece.client),
        }))))),
    element("div", {class: "row ticks"},
      element("span", {class: "name"}, "step"),
      element("span", {class: "track"}, ticks.map(tick =>
        styled(element("b", {}, count(tick)), {"left": 100 * tick / lastStep + "%"})))));
}

function pieces(name, changes, lastStep) {
  const found = [];
  changes.forEach((change, i) => {
    const client = change.assignment[name];
    const to = i + 1 < changes.length ? changes[i + 1].step : lastStep;
    const before = found[found.length - 1];
    if (client == null) {
      return;
    }
    if (before && before.client === client) {
      before.to = Math.max(before.to, to);
    } else {
      found.push({client, from: change.step, to});
    }
  });
  return found.filter(piece => piece.to > piece.from);
}
