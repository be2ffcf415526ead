// How the model learns: summary, curves, evaluations.

const STATUS = {
  running: "running",
  unfinished: "not finished",
  finished: "finished",
  stopped: "stopped",
  failed: "failed",
};

const LATER = {
  running: ", and again every ten seconds.",
  unfinished: ". No end was recorded until then: the run failed, was interrupted, or goes on.",
};

function header(title, status, written, facts) {
  return element("header", {},
    element("p", {class: "brand"}, "Titanic on Flink"),
    element("h1", {}, title),
    element("p", {class: "facts"}, status ? element("span", {class: "status " + status}, STATUS[status]) : null, facts),
    element("p", {class: "note"}, "Written ", element("time", {datetime: written}, new Date(written).toLocaleString("en", {
      dateStyle: "medium", timeStyle: "medium",
    })), status in LATER ? LATER[status] : "."));
}

function facts(run) {
  const configuration = run.configuration;
  if (!configuration) {
    return null;
  }
  const owners = configuration.owners.length === 1 ? "owner " : "owners ";
  return [
    configuration.mode,
    configuration.stages === 0 ? "whole model at the owner" : plural(configuration.stages + 1, "partition", "partitions"),
    plural(configuration.clients.length, "client", "clients"),
    owners + configuration.owners.join(", "),
    configuration.adapters > 0 ? "LoRA of rank " + configuration.adapters : "all weights",
  ].filter(fact => fact).map(fact => element("span", {class: "fact"}, fact));
}

function summary(run) {
  const totals = run.totals;
  const rows = run.evaluations.rows;
  const first = rows[0];
  const last = rows[rows.length - 1];
  return element("dl", {class: "tiles"},
    last ? tile("Perplexity", decimal(last.perplexity, 3),
      rows.length > 1 ? "from " + decimal(first.perplexity, 3) : "after " + last.after) : null,
    tile("Steps", count(totals.steps), count(totals.tokens) + " tokens"),
    tile("Time", duration(totals.seconds), totals.seconds > totals.stepSeconds
      ? duration(totals.stepSeconds) + " in steps" : null),
    tile("Throughput", totals.stepSeconds > 0 ? count(totals.tokens / totals.stepSeconds) : DASH, "tokens/s in steps"),
    tile("Placements", count(run.placements.rows.length + run.placements.omitted),
      plural(totals.moves, "partition moved", "partitions moved")),
    tile("Left out", count(totals.skipped + totals.rejected),
      plural(totals.skipped, "batch", "batches") + " skipped, " + plural(totals.rejected, "record", "records") + " rejected"));
}

function trainingCurves(run, colors) {
  const curves = run.curves;
  const owners = curves.loss.map(curve => ({name: curve.name, css: colors.css(curve.name), curve}));
  const together = {name: "all owners", css: "var(--muted)", curve: curves.together, width: 3};
  const evaluated = {name: "evaluation text", css: "var(--text)", curve: curves.evaluations, points: true};
  const perplexity = line => ({...line, of: Math.exp});
  const lastStep = run.totals.steps;
  const one = (curve, css) => [{name: "", css, curve}];
  return section("Training", "Drag over a chart to zoom, double-click to go back. "
    + "A band is the range of the steps that a point stands for.",
    element("div", {class: "charts"},
      chart({title: "Loss", unit: "nats", lines: [...owners, together, evaluated], lastStep, format: significant}),
      chart({title: "Perplexity", unit: "exp(loss)", lines: [...owners, together, evaluated].map(perplexity), lastStep,
        format: significant, log: true}),
      chart({title: "Learning rate", unit: "learning rate", lines: one(curves.learningRate, "var(--color-0)"), lastStep,
        format: significant, fromZero: true}),
      chart({title: "Gradient norm", unit: "norm before clipping", lines: one(curves.gradientNorm, "var(--color-1)"), lastStep,
        format: significant, fromZero: true}),
      chart({title: "Throughput", unit: "tokens/s", lines: one(curves.tokensPerSecond, "var(--color-2)"), lastStep,
        format: significant, fromZero: true}),
      chart({title: "Time of a step", unit: "s", lines: one(curves.stepSeconds, "var(--color-3)"), lastStep,
        format: significant, fromZero: true})));
}

function evaluations(run) {
  const rows = run.evaluations.rows;
  if (rows.length === 0) {
    return null;
  }
  const best = Math.min(...rows.map(row => row.perplexity));
  return section("Evaluations", "On the public text, by all partitions together.",
    table([
      {title: "after", text: true, cell: row => row.after},
      {title: "step", cell: row => count(row.step)},
      {title: "loss, nats", cell: row => decimal(row.loss, 4)},
      {title: "perplexity", cell: row => row.perplexity === best
        ? element("strong", {}, decimal(row.perplexity, 3)) : decimal(row.perplexity, 3)},
    ], rows),
    omittedNote(run.evaluations));
}

function configuration(run) {
  return run.configuration
    ? element("section", {}, element("details", {},
        element("summary", {}, "run.yaml"),
        element("pre", {}, run.configuration.text)))
    : null;
}
