"use strict";

// Numbers for people. What is unknown is a dash.

const DASH = "–";

function decimal(value, digits) {
  return value == null || !Number.isFinite(value)
    ? DASH
    : value.toLocaleString("en", {minimumFractionDigits: digits, maximumFractionDigits: digits});
}

function count(value) {
  return decimal(value, 0);
}

/** With three digits, whatever the size. */
function significant(value) {
  if (value == null || !Number.isFinite(value)) {
    return DASH;
  }
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) {
    return value.toExponential(2).replace(/\.?0*e\+?/, "e");
  }
  return value.toLocaleString("en", {maximumSignificantDigits: size >= 1000 ? 6 : 4});
}

/** Powers of 1024, as in the configuration. */
function bytes(value) {
  if (value == null) {
    return DASH;
  }
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return decimal(value, unit === 0 || value >= 100 ? 0 : 1) + " " + units[unit];
}

function duration(seconds) {
  if (seconds == null) {
    return DASH;
  }
  if (seconds < 60) {
    return decimal(seconds, 1) + " s";
  }
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return parts[0] > 0
    ? parts[0] + " h " + String(parts[1]).padStart(2, "0") + " min"
    : parts[1] + " min " + String(parts[2]).padStart(2, "0") + " s";
}

function milliseconds(seconds) {
  const value = seconds * 1000;
  return decimal(value, value < 10 ? 2 : value < 100 ? 1 : 0) + " ms";
}

function percent(share) {
  return decimal(100 * share, share > 0 && share < 0.1 ? 1 : 0) + " %";
}

function plural(number, one, many) {
  return count(number) + " " + (number === 1 ? one : many);
}
