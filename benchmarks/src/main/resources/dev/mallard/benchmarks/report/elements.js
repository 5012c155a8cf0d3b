/*
 * Elements of the page. What comes from runs becomes text and attributes' values, never markup.
 */

/** Makes an element. A function is a listener; null, undefined and false leave an attribute out. */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  fill(element, attributes, children);
  return element;
}

function drawing(tag, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  fill(element, attributes, children);
  return element;
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === 'function') {
      element.addEventListener(name, value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
}

function find(id) {
  return document.getElementById(id);
}

/** What is in a data element; empty if there is none. */
function stored(id) {
  const element = find(id);
  return element === null ? null : JSON.parse(element.textContent);
}

const VERDICTS = ['passed', 'failed', 'crashed', 'timed-out', 'out-of-memory', 'malformed'];
const WORDS = {
  'passed': 'passed',
  'failed': 'failed',
  'crashed': 'crashed',
  'timed-out': 'timed out',
  'out-of-memory': 'out of memory',
  'malformed': 'does not parse',
  'none': 'no program',
};

/** A verdict with its colour, which is never all that tells it. */
function verdictMark(verdict, ...more) {
  const known = verdict ?? 'none';
  return make('span', {class: `verdict ${known}`}, swatch(), WORDS[known], ...more);
}

function swatch() {
  return make('span', {class: 'swatch', 'aria-hidden': 'true'});
}

/** A class that brings a run's colour; there are six, used in turn. */
function runClass(run) {
  return `run-${run % 6}`;
}

function percent(share) {
  return `${(share * 100).toFixed(1)}%`;
}

function whole(number) {
  return Math.round(number).toLocaleString('en-US');
}

function decimal(number) {
  return number.toLocaleString('en-US', {minimumFractionDigits: 1, maximumFractionDigits: 1});
}

function seconds(number) {
  return number >= 99.95 ? whole(number) : decimal(number);
}

function intervalWords(interval) {
  return `95% interval ${percent(interval.low)} to ${percent(interval.high)}`;
}

function plural(count, one, many) {
  return `${whole(count)} ${count === 1 ? one : many}`;
}

/** A share and its interval on a scale from 0 to 100%; the words beside it say the same. */
function range(interval, classes) {
  const low = interval.low * 1000;
  const high = interval.high * 1000;
  const mean = Math.min(Math.max(interval.mean * 1000, 3), 997);
  return drawing('svg',
      {class: `range ${classes}`, viewBox: '0 0 1000 10', preserveAspectRatio: 'none', 'aria-hidden': 'true'},
      drawing('rect', {class: 'track', x: 0, y: 0, width: 1000, height: 10, rx: 2}),
      drawing('rect', {class: 'band', x: low, y: 0, width: Math.max(high - low, 2), height: 10}),
      drawing('rect', {class: 'mean', x: mean - 3, y: 0, width: 6, height: 10}));
}

/**
 * A table.
 *
 * @param head the texts, or elements, of its head
 * @param rows lists whose first value names the row
 */
function table(caption, head, rows) {
  return make('table', {class: 'plain'},
      make('caption', {class: 'unseen'}, caption),
      make('thead', null, make('tr', null, ...head.map((cell, column) =>
          make('th', {scope: 'col', class: column > 0 ? 'number' : null}, cell)))),
      make('tbody', null, ...rows.map(([name, ...cells]) => make('tr', null,
          make('th', {scope: 'row'}, name),
          ...cells.map((cell) => make('td', {class: 'number'}, cell))))));
}
