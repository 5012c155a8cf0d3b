/** The table of problems: sorted, filtered, and the way to their transcripts. */

const MOST_ROWS = 500;

/** Makes the table; {@code open} is called with the place of a problem that is to be shown. */
function showProblems(data, open) {
  const {runs, problems} = data;
  const state = {text: '', level: null, verdict: null, solved: null, sort: 'place', down: false, all: false};
  const columns = columnsOf(runs, problems);
  const rows = problems.map((problem, place) => ({
    place,
    problem,
    text: `${problem.id} ${problem.title}`.toLowerCase(),
    element: row(problem, place, columns, open),
  }));
  let visible = rows;

  function update() {
    visible = rows.filter((entry) => matches(entry, state));
    const column = columns.find((one) => one.key === state.sort);
    if (column !== undefined) {
      visible.sort((one, other) => compare(column.value(one.problem), column.value(other.problem), state.down) || one.place - other.place);
    }
    const shown = state.all ? visible : visible.slice(0, MOST_ROWS);
    body.replaceChildren(...shown.map((entry) => entry.element));
    find('count').textContent = visible.length === rows.length
      ? plural(rows.length, 'problem', 'problems')
      : `${whole(visible.length)} of ${plural(rows.length, 'problem', 'problems')}`;
    find('more').hidden = shown.length === visible.length;
    find('more').replaceChildren(make('button', {type: 'button', click: () => { state.all = true; update(); }},
        `Show ${whole(visible.length - shown.length)} more`));
    heads.forEach((head, key) => {
      if (key === state.sort) {
        head.setAttribute('aria-sort', state.down ? 'descending' : 'ascending');
      } else {
        head.removeAttribute('aria-sort');
      }
    });
  }

  const heads = new Map(columns.map((column) => [column.key, make('th', {scope: 'col', class: column.classes ?? null},
      make('button', {type: 'button', title: column.name, click: () => {
        state.down = state.sort === column.key ? !state.down : column.downFirst === true;
        state.sort = column.key;
        update();
      }}, column.name))]));
  const body = make('tbody', null);
  find('problem-table').append(make('caption', {class: 'unseen'}, 'Problems and what came of them'),
      make('thead', null, make('tr', null, ...heads.values())), body);
  const controls = filters(data, state, update);
  find('filters').append(...controls.elements);
  find('filters').addEventListener('submit', (event) => event.preventDefault());
  update();
  return {
    order: () => visible.map((entry) => entry.place),
    showDiffering: controls.showDiffering,
  };
}

function columnsOf(runs, problems) {
  const columns = [{key: 'id', name: 'Problem', value: (problem) => problem.id, cell: (problem, place) => [
    make('a', {href: `#problem=${encodeURIComponent(problem.id)}`, 'data-place': place}, problem.id),
    problem.title === '' ? null : make('span', {class: 'title'}, problem.title),
  ]}];
  if (problems.some((problem) => problem.level !== '')) {
    columns.push({key: 'level', name: 'Level', classes: 'level-cell', value: (problem) => problem.level, cell: (problem) => [problem.level]});
  }
  runs.forEach((run, index) => columns.push({
    key: `verdict-${index}`,
    name: runs.length === 1 ? 'Verdict' : run.name,
    value: (problem) => verdictOrder(problem.results[index]),
    cell: (problem) => verdictCell(problem.results[index]),
  }));
  if (runs.length === 1) {
    const joules = problems.some((problem) => problem.results[0].joules !== undefined);
    columns.push(costColumn('turns', 'Turns', (result) => result.turns, whole));
    columns.push(costColumn('tokens', 'Tokens', (result) => result.tokens, whole));
    columns.push(costColumn('seconds', 'Seconds', (result) => result.seconds, seconds));
    if (joules) {
      columns.push(costColumn('joules', 'Joules', (result) => result.joules, whole));
    }
  }
  return columns;
}

function costColumn(key, name, of, words) {
  return {key, name, classes: 'number cost-cell', downFirst: true, value: (problem) => of(problem.results[0]), cell: (problem) => {
    const value = of(problem.results[0]);
    return [value === undefined ? '' : words(value)];
  }};
}

function row(problem, place, columns, open) {
  return make('tr', {click: (event) => {
    if (event.target.closest('a') === null && getSelection().isCollapsed) {
      open(place);
    }
  }}, ...columns.map((column) => make('td', {class: column.classes ?? null}, ...column.cell(problem, place))));
}

function verdictCell(result) {
  if (!result.done) {
    return [make('span', {class: 'muted'}, 'not done')];
  }
  const when = result.turn !== undefined ? `in turn ${result.turn}` : result.falsePositive ? 'false positive' : null;
  return [verdictMark(result.verdict), when === null ? null : make('span', {class: 'when'}, when)];
}

/** Those that were solved first, the earliest of them first. */
function verdictOrder(result) {
  if (!result.done) {
    return 10000;
  }
  return [...VERDICTS, undefined].indexOf(result.verdict) * 1000 + (result.turn ?? 0);
}

/** What is not known comes last, however it is sorted. */
function compare(one, other, down) {
  if (one === undefined || other === undefined) {
    return (one === undefined) - (other === undefined);
  }
  const order = typeof one === 'string' ? one.localeCompare(other, 'en', {numeric: true}) : one - other;
  return down ? -order : order;
}

function matches({problem, text}, state) {
  return state.text.split(/\s+/).every((word) => text.includes(word))
    && (state.level === null || problem.level === state.level)
    && (state.verdict === null || problem.results.some((result) => result.done && (result.verdict ?? 'none') === state.verdict))
    && (state.solved === null || state.solved(problem.results.map((result) => (result.done ? result.verdict === 'passed' : null))));
}

/** What problems can be filtered by. */
function filters(data, state, update) {
  const {runs, problems} = data;
  const elements = [];
  const search = make('input', {type: 'search', autocomplete: 'off', spellcheck: 'false', input: () => {
    state.text = search.value.trim().toLowerCase();
    update();
  }});
  elements.push(make('label', {class: 'search'}, 'Name', search));
  const levels = [...new Set(problems.map((problem) => problem.level))].filter((level) => level !== '');
  const level = choice('Level', levels.map((name) => [name, name]), (value) => { state.level = value; update(); });
  if (levels.length > 1) {
    elements.push(level.element);
  }
  const present = [...VERDICTS, 'none'].filter((kind) =>
    problems.some((problem) => problem.results.some((result) => result.done && (result.verdict ?? 'none') === kind)));
  const verdict = choice(runs.length > 1 ? 'Verdict of any run' : 'Verdict', present.map((kind) => [WORDS[kind], kind]),
      (value) => { state.verdict = value; update(); });
  elements.push(verdict.element);
  const differing = differences(runs, data.comparisons);
  const solvedBy = choice('Solved by', differing.map(([name, test]) => [name, test]), (value) => { state.solved = value; update(); });
  if (runs.length > 1) {
    elements.push(solvedBy.element);
  }
  return {
    elements,
    showDiffering: (pair) => {
      search.value = '';
      level.clear();
      verdict.clear();
      Object.assign(state, {text: '', level: null, verdict: null, all: false});
      solvedBy.set(differing.findIndex(([, , of]) => of === pair));
      find('problems').scrollIntoView();
      find('problems-title').focus({preventScroll: true});
    },
  };
}

/** Names, tests of a problem's results, and of which comparison they are. */
function differences(runs, comparisons) {
  const options = [];
  for (const pair of comparisons) {
    const more = comparisons.length > 1 ? ` of ${runs[pair.first].name} and ${runs[pair.second].name}` : '';
    options.push([`only one${more}`,
      (solved) => solved[pair.first] !== null && solved[pair.second] !== null && solved[pair.first] !== solved[pair.second], pair]);
  }
  if (runs.length === 2) {
    runs.forEach((run, index) => options.push([`only ${run.name}`, (solved) => solved[index] === true && solved[1 - index] === false]));
  }
  options.push(['all', (solved) => solved.every((one) => one === true)]);
  options.push(['none', (solved) => !solved.includes(true)]);
  return options;
}

/** A list to choose from, with "any" as its first; values may be anything. */
function choice(name, options, chosen) {
  const select = make('select', {change: () => chosen(select.value === '' ? null : options[Number(select.value)][1])},
      make('option', {value: ''}, 'any'),
      ...options.map(([words], index) => make('option', {value: index}, words)));
  return {
    element: make('label', null, name, select),
    clear: () => { select.value = ''; },
    set: (index) => {
      select.value = String(index);
      select.dispatchEvent(new Event('change'));
    },
  };
}
