// The page: the data is in the element "data", see the class Report.

function show(report) {
  const run = report.run;
  const title = run && run.configuration ? document.title.replace(/ · Titanic$/, "") : run ? "Training run" : "Comparison";
  const page = document.getElementById("report");
  if (!run) {
    page.replaceChildren(header(title, null, report.written, null), comparison(report.comparison));
    return;
  }
  const colors = clientColors(run);
  page.replaceChildren(...[
    header(title, run.status, report.written, facts(run)),
    summary(run),
    report.comparison ? comparison(report.comparison) : null,
    trainingCurves(run, colors),
    evaluations(run),
    pipeline(run, colors),
    traffic(run, colors),
    placements(run, colors),
    configuration(run),
  ].filter(part => part !== null));
}

show(JSON.parse(document.getElementById("data").textContent));
