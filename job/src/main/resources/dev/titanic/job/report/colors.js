// One color for each client, and one for each partition, in all charts and tables.

const HUES = 8; // as many as report.css has

class Colors {
  constructor(names) {
    this.names = names;
  }

  /** A CSS value; both color schemes have their own. */
  css(name) {
    const index = this.names.indexOf(name);
    return "var(--color-" + (index < 0 ? 0 : index % HUES) + ")";
  }

  /** A value for a canvas, in the scheme of now. */
  canvas(name) {
    return resolved(this.css(name));
  }
}

function resolved(css) {
  const variable = /^var\((.*)\)$/.exec(css);
  return variable
    ? getComputedStyle(document.documentElement).getPropertyValue(variable[1]).trim()
    : css;
}

function clientColors(run) {
  const names = new Set(run.configuration ? run.configuration.clients : []);
  run.placements.rows.forEach(row => Object.values(row.assignment).forEach(name => names.add(name)));
  run.curves.loss.forEach(curve => names.add(curve.name));
  return new Colors([...names]);
}
