// Curves over steps, drawn by uPlot, with a legend that hides them and a tooltip that reads them.

const CHART_HEIGHT = 250;
const SYNC = uPlot.sync("steps");
const REACH = 24; // pixels from the pointer within which a point is read
const GAP = 4; // times the usual distance of two points, from which on a curve is interrupted: another owner's turn

/**
 * A line is {name, css: color, curve, of: mean => value (optional), width (optional), points: whether to mark them}.
 * @param options {title, unit, lines, lastStep, format, fromZero, log}
 */
function chart(options) {
  const lines = options.lines.filter(line => line.curve.steps.length > 0);
  const body = element("div", {class: "plot"});
  const figure = element("figure", {},
    element("figcaption", {}, options.title),
    body);
  if (lines.length === 0) {
    body.append(element("p", {class: "empty"}, "Nothing yet."));
    return figure;
  }
  const model = plotted(lines);
  const shown = lines.map(() => true);
  const tooltip = element("div", {class: "tooltip", hidden: ""});
  let plot = null;
  const fit = () => {
    const width = body.clientWidth;
    if (plot === null) {
      plot = new uPlot(plotOptions(options, lines, model, shown, tooltip, width), model.data, body);
      plot.over.append(tooltip);
    } else if (plot.width !== width) {
      plot.setSize({width, height: CHART_HEIGHT});
    }
  };
  // The page has no width before it is laid out, and must not change while it is.
  new ResizeObserver(() => requestAnimationFrame(fit)).observe(body);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => plot && plot.redraw());
  if (lines.length > 1 || lines[0].name) {
    figure.append(legend(lines, shown, on => model.columns[on].forEach(column =>
      plot.setSeries(column, {show: shown[on]}))));
  }
  return figure;
}

/** Data of all lines on common steps: [steps, then mean, low and high of every line]. */
function plotted(lines) {
  const tables = [];
  const columns = [];
  let next = 1;
  lines.forEach(line => {
    const of = line.of || (value => value);
    const curve = line.curve;
    const values = [curve.means.map(of)];
    if (curve.lows.length > 0 && !line.points) {
      values.push(curve.lows.map(of), curve.highs.map(of));
    }
    tables.push(line.points ? [curve.steps, ...values] : interrupted(curve, values));
    columns.push(values.map(() => next++));
  });
  return {data: uPlot.join(tables, tables.map(table => table.map(() => 2))), columns};
}

/** The steps and values of a curve, with a null where it was away for long. */
function interrupted(curve, values) {
  const steps = [];
  const out = values.map(() => []);
  const distances = curve.steps.slice(1).map((step, i) => step - curve.steps[i]).sort((a, b) => a - b);
  const usual = distances[Math.floor(distances.length / 2)];
  curve.steps.forEach((step, i) => {
    const before = curve.steps[i - 1];
    if (i > 0 && step - before > GAP * usual) {
      steps.push(before + (step - before) / 2);
      out.forEach(column => column.push(null));
    }
    steps.push(step);
    out.forEach((column, k) => column.push(values[k][i]));
  });
  return [steps, ...out];
}

function plotOptions(options, lines, model, shown, tooltip, width) {
  const series = [{}];
  const bands = [];
  lines.forEach((line, i) => {
    const stroke = () => resolved(line.css);
    const [, low, high] = model.columns[i];
    const alone = line.curve.steps.length === 1;
    series.push({
      stroke,
      width: line.width || 1.75,
      points: {show: Boolean(line.points) || alone, size: 7, fill: stroke},
      dash: line.points ? [5, 4] : undefined,
    });
    if (low) {
      series.push({width: 0, points: {show: false}}, {width: 0, points: {show: false}});
      bands.push({series: [high, low], fill: () => resolved(line.css) + "33"});
    }
  });
  return {
    width,
    height: CHART_HEIGHT,
    series,
    bands,
    legend: {show: false},
    cursor: {
      sync: {key: SYNC.key, setSeries: false, scales: ["x", null]},
      points: {show: false},
      drag: {x: true, y: false},
      y: false,
    },
    scales: {x: {time: false, range: stepRange(model.data[0], options.lastStep)}, y: valueRange(options, lines)},
    axes: [axis({label: "step", space: 60, size: 30}), axis({
      label: options.unit,
      size: 62,
      values: (plot, splits) => splits.map(split => split == null ? "" : options.format(split)),
    })],
    hooks: {setCursor: [plot => read(plot, options, lines, model, shown, tooltip)]},
  };
}

function axis(more) {
  return {
    stroke: () => resolved("var(--muted)"),
    grid: {stroke: () => resolved("var(--line)"), width: 1},
    ticks: {stroke: () => resolved("var(--line)"), width: 1},
    font: "12px system-ui, sans-serif",
    labelFont: "12px system-ui, sans-serif",
    labelSize: 20,
    labelGap: 0,
    ...more,
  };
}

/** All charts show the same steps, until somebody drags over one. */
function stepRange(steps, lastStep) {
  return (plot, low, high) => low <= steps[0] && high >= steps[steps.length - 1]
    ? [0, Math.max(1, lastStep)]
    : [low, high];
}

function valueRange(options, lines) {
  const of = line => line.curve.means.map(line.of || (value => value));
  const values = lines.flatMap(of).filter(value => value > 0);
  const spread = values.length === 0 ? 1 : Math.max(...values) / Math.min(...values);
  if (options.log && spread > 10) {
    return {distr: 3};
  }
  return {range: (plot, low, high) => {
    if (low == null) {
      return [0, 1];
    }
    const from = options.fromZero ? Math.min(0, low) : low;
    const margin = (high - from || Math.abs(high) || 1) * 0.06;
    return [options.fromZero ? from : from - margin, high + margin];
  }};
}

/** Shows the values at the pointer. */
function read(plot, options, lines, model, shown, tooltip) {
  const {left, idx} = plot.cursor;
  const pointed = plot.over.matches(":hover");
  const rows = left < 0 || idx == null || !pointed ? [] : lines
    .map((line, i) => shown[i] ? {line, ...nearest(plot, model.columns[i], idx, left)} : {})
    .filter(row => row.value != null);
  tooltip.hidden = rows.length === 0;
  if (rows.length === 0) {
    return;
  }
  const width = Math.max(...rows.map(row => row.line.curve.width));
  const step = rows[0].step;
  tooltip.replaceChildren(
    element("b", {}, width > 1 ? "up to step " + count(step) : "step " + count(step)),
    ...rows.map(row => element("div", {},
      swatch(row.line.name || options.title, row.line.css),
      element("span", {class: "value"}, options.format(row.value)
        + (row.low == null || row.low === row.high
          ? "" : " (" + options.format(row.low) + " to " + options.format(row.high) + ")")))));
  const room = plot.over.clientWidth - tooltip.offsetWidth;
  const beside = left > plot.over.clientWidth / 2 ? left - tooltip.offsetWidth - 12 : left + 12;
  styled(tooltip, {"left": Math.min(room, Math.max(-40, beside)) + "px"});
}

/** The point of a line that is closest to the pointer, if one is close. */
function nearest(plot, [mean, low, high], idx, left) {
  const steps = plot.data[0];
  let best = null;
  for (const direction of [-1, 1]) {
    for (let i = idx; i >= 0 && i < steps.length; i += direction) {
      const distance = Math.abs(plot.valToPos(steps[i], "x") - left);
      if (distance > REACH) {
        break;
      }
      if (plot.data[mean][i] != null) {
        if (best === null || distance < best.distance) {
          best = {distance, i};
        }
        break;
      }
    }
  }
  if (best === null) {
    return {};
  }
  const at = column => column == null ? null : plot.data[column][best.i];
  return {step: steps[best.i], value: at(mean), low: at(low), high: at(high)};
}

function legend(lines, shown, toggle) {
  return element("div", {class: "legend"}, lines.map((line, i) => {
    const button = element("button", {type: "button", "aria-pressed": "true"}, swatch(line.name, line.css));
    button.addEventListener("click", () => {
      shown[i] = !shown[i];
      button.setAttribute("aria-pressed", String(shown[i]));
      toggle(i);
    });
    return button;
  }));
}
