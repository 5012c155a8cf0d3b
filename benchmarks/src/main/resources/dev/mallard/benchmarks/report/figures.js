/** Headline figures, what two runs have in common, and the tables beside the charts. */

function showFigures(data) {
  const {runs} = data;
  const dataSets = [...new Set(runs.map((run) => run.dataSet))];
  const models = [...new Set(runs.map((run) => run.model))];
  find('title').textContent = dataSets.join(', ');
  document.title = `${dataSets.join(', ')} · Mallard report`;
  find('subtitle').textContent =
      runs.length === 1 ? plural(data.problems.length, 'problem', 'problems')
        : `${plural(data.problems.length, 'problem', 'problems')}, ${runs.length} runs${models.length === 1 ? ` of ${models[0]}` : ''}`;
  find('cards').append(...runs.map((run, place) => card(run, place, runs.length === 1)));
  showTurns(runs);
  find('verdicts-table').append(verdictTable(runs));
  showLevels(runs);
}

function card(run, place, alone) {
  const {figures} = run;
  const [number] = percent(figures.passed.mean).split('%');
  return make('article', {class: `card ${runClass(place)}${alone ? ' wide' : ''}`},
      make('div', {class: 'main'},
          make('h3', null, alone ? null : swatch(), run.name),
          make('p', {class: 'muted small'}, run.model),
          make('p', {class: 'headline'}, number, make('span', null, '%')),
          make('p', {class: 'headline-note muted'}, `solved, ${intervalWords(figures.passed)}`),
          range(figures.passed, runClass(place)),
          make('div', {class: 'scale', 'aria-hidden': 'true'}, make('span', null, '0'), make('span', null, '100%'))),
      make('div', {class: 'side'}, list(cardFigures(run))),
      make('details', null, make('summary', null, 'Settings'), list(Object.entries(run.settings))));
}

/** Names and values. */
function list(entries) {
  return make('dl', null, ...entries.flatMap(([name, ...value]) => [make('dt', null, name), make('dd', null, ...value)]));
}

function cardFigures(run) {
  const {figures} = run;
  const entries = [['Solved', `${whole(solved(figures))} of ${whole(figures.tasks)}`]];
  if (run.missing > 0) {
    entries.push(['Not done yet', whole(run.missing)]);
  }
  for (const [k, interval] of Object.entries(figures.passAtK)) {
    entries.push([`pass@${k} of the first turn`, percent(interval.mean),
      make('span', {class: 'muted small'}, `${percent(interval.low)} to ${percent(interval.high)}`)]);
  }
  const {count, of} = figures.falsePositives;
  entries.push(['False positives', of === 0 ? 'none to tell' : `${count} of ${of} (${percent(count / of)})`]);
  const {cost} = figures;
  entries.push(['Tokens a task', whole(cost.promptTokens + cost.completionTokens),
    make('span', {class: 'muted small'}, `${whole(cost.promptTokens)} read, ${whole(cost.completionTokens)} written`)]);
  entries.push(['Seconds a task', seconds(cost.seconds)]);
  if (cost.joules !== undefined) {
    entries.push(['Joules a task', whole(cost.joules)]);
  }
  return entries;
}

function solved(figures) {
  return figures.verdicts.passed;
}

function showTurns(runs) {
  const turns = Math.max(...runs.map((run) => run.figures.afterTurn.length));
  if (turns < 2) {
    return;
  }
  find('turns').hidden = false;
  find('turns-legend').append(...runs.map((run, place) => make('li', {class: runClass(place)}, swatch(), run.name)),
      make('li', {class: 'muted'}, 'Bands are 95% intervals.'));
  const rows = Array.from({length: turns}, (_, turn) => [`turn ${turn + 1}`, ...runs.map((run) => {
    const point = run.figures.afterTurn[turn];
    return point === undefined ? '' : withInterval(point);
  })]);
  find('turns-table').append(table('Solved after each turn', ['turn', ...runs.map((run) => run.name)], rows));
}

function withInterval(interval) {
  return make('span', null, percent(interval.mean),
      make('span', {class: 'interval muted small'}, ` ${percent(interval.low)} to ${percent(interval.high)}`));
}

function verdictTable(runs) {
  const counts = runs.map((run) => verdictCounts(run.figures));
  const rows = counts[0].map(([kind], place) => [
    verdictMark(kind),
    ...runs.map((run, index) => {
      const count = counts[index][place][1];
      return make('span', null, whole(count), make('span', {class: 'share muted small'}, percent(count / run.figures.tasks)));
    }),
  ]);
  return table('Verdicts of the chosen programs', ['verdict', ...runs.map((run) => (runs.length > 1 ? run.name : 'tasks'))], rows);
}

function showLevels(runs) {
  const levels = [...new Set(runs.flatMap((run) => Object.keys(run.levels)))];
  if (levels.length === 0) {
    return;
  }
  find('levels').hidden = false;
  const rows = levels.map((level) => [
    level === '' ? 'no level' : level,
    whole(Math.max(...runs.map((run) => run.levels[level]?.tasks ?? 0))),
    ...runs.map((run, place) => {
      const figures = run.levels[level];
      return figures === undefined ? '' : make('div', null, withInterval(figures.passed), range(figures.passed, runClass(place)));
    }),
  ]);
  find('levels-table').append(table('Solved by level', ['level', 'tasks', ...runs.map((run) => (runs.length > 1 ? run.name : 'solved'))], rows));
}

/** Two runs on the same problems. */
function showComparison(data, showDiffering) {
  if (data.comparisons.length === 0) {
    return;
  }
  find('comparison').hidden = false;
  const place = make('div', null);
  const show = (comparison) => place.replaceChildren(comparisonBody(data, comparison, showDiffering));
  if (data.comparisons.length > 1) {
    const select = make('select', {change: () => show(data.comparisons[select.value])},
        ...data.comparisons.map((pair, index) =>
            make('option', {value: index}, `${data.runs[pair.first].name} and ${data.runs[pair.second].name}`)));
    find('comparison-body').append(make('label', {class: 'pair'}, 'Runs', select));
  }
  find('comparison-body').append(place);
  show(data.comparisons[0]);
}

function comparisonBody(data, pair, showDiffering) {
  const first = data.runs[pair.first].name;
  const second = data.runs[pair.second].name;
  const differing = pair.onlyFirst + pair.onlySecond;
  const points = `${(Math.abs(pair.gain) * 100).toFixed(1)} percentage points`;
  const change = pair.gain === 0 ? 'no difference' : `${points} ${pair.gain > 0 ? 'more' : 'less'}`;
  return make('div', {class: 'beside'},
      make('div', null,
          make('p', null, `Of the ${plural(pair.tasks, 'problem', 'problems')} that both have done, `,
              make('strong', null, second), ` solves ${whole(pair.onlySecond)} that `, make('strong', null, first),
              ` does not, and ${whole(pair.onlyFirst)} the other way round: ${change}. McNemar's exact p is `,
              make('strong', null, pair.p), '.'),
          differing === 0 ? null
              : make('button', {type: 'button', click: () => showDiffering(pair)},
                  `Show the ${plural(differing, 'problem that differs', 'problems that differ')}`)),
      make('table', {class: 'crossing'},
          make('caption', {class: 'unseen'}, 'Problems by which run solves them'),
          make('thead', null, make('tr', null, make('td', null), make('th', {scope: 'col'}, shortened(second), ' solves'),
              make('th', {scope: 'col'}, 'does not'))),
          make('tbody', null,
              make('tr', null, make('th', {scope: 'row'}, shortened(first), ' solves'),
                  make('td', null, whole(pair.both)), make('td', {class: 'stressed'}, whole(pair.onlyFirst))),
              make('tr', null, make('th', {scope: 'row'}, 'does not'),
                  make('td', {class: 'stressed'}, whole(pair.onlySecond)), make('td', null, whole(pair.neither))))));
}
