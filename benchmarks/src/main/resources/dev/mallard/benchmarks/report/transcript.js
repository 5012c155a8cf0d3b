/** The transcript of a problem: what was asked, and turn by turn what was written and what came of it. */

const CONTEXT = 3;
const GIVEN = 0;
const KINDS = {given: 'given', fresh: 'a new program', repair: 'a repair'};

/**
 * What is shown of a problem.
 *
 * @param chosen the run whose turns are shown
 * @param choose called with another run that is to be shown
 */
function transcript(data, problem, view, chosen, choose) {
  const parts = [];
  if (problem.title !== '') {
    parts.push(make('p', {class: 'muted'}, problem.title, problem.level === '' ? null : ` (${problem.level})`));
  }
  if (view.statement !== '') {
    parts.push(make('h3', null, 'Statement'), make('p', {class: 'prose'}, view.statement));
  }
  if (view.signature !== '') {
    parts.push(make('pre', {class: 'block'}, view.signature));
  }
  if (data.runs.length > 1) {
    parts.push(make('div', {class: 'tabs', role: 'group', 'aria-label': 'Run'}, ...data.runs.map((run, index) =>
      make('button', {type: 'button', 'aria-pressed': String(index === chosen), click: () => choose(index)},
          make('span', {class: runClass(index)}, swatch(), run.name),
          problem.results[index].done ? verdictMark(problem.results[index].verdict) : make('span', {class: 'muted'}, 'not done')))));
  }
  const run = view.runs[chosen];
  parts.push(make('ol', {class: 'turns'}, ...turns(run.turns, data.most)));
  if (run.notes.length > 0) {
    parts.push(make('h3', null, 'In the end'), ...run.notes.map((note) => make('p', {class: 'prose'}, note)));
  }
  return make('div', {class: 'inside'}, ...parts);
}

function turns(views, most) {
  const programs = new Map();
  return views.map((turn) => {
    const shown = turn.programs.map((program) => {
      const base = program.base === undefined ? null : programs.get(program.base);
      return {program, ...rebuilt(base?.lines ?? [], program.changes)};
    });
    programs.set(turn.turn, shown[0]);
    return make('li', {class: shown[0].program.visible ?? null},
        make('div', {class: 'turn-head'},
            make('h4', null, turn.turn === GIVEN ? 'Given' : `Turn ${turn.turn}`),
            turn.turn === GIVEN || turn.kind === '' ? null : make('span', {class: 'muted small'}, KINDS[turn.kind]),
            batch(turn, most)),
        programPart(shown[0]),
        others(shown.slice(1)));
  });
}

/** What became of all programs of a turn. */
function batch(turn, most) {
  const counts = VERDICTS.filter((verdict) => turn.verdicts[verdict] !== undefined).map((verdict) => `${turn.verdicts[verdict]} ${WORDS[verdict]}`);
  const all = Object.values(turn.verdicts).reduce((sum, count) => sum + count, 0);
  if (all < 2) {
    return null;
  }
  const some = all > most ? `, of which ${most === 1 ? 'one is' : `${most} are`} shown` : '';
  return make('span', {class: 'muted small'}, `${all} programs${some}; on the visible tests: ${counts.join(', ')}`);
}

function others(shown) {
  if (shown.length === 0) {
    return null;
  }
  const details = make('details', {class: 'others', toggle: () => {
    if (details.open && details.childElementCount === 1) {
      details.append(...shown.map((one) => make('div', null, make('p', {class: 'label'}, `Program ${one.program.candidate + 1}`), programPart(one))));
    }
  }}, make('summary', null, `${plural(shown.length, 'other program', 'other programs')} of this turn`));
  return details;
}

function programPart({program, lines, rows}) {
  const parts = [];
  if (program.feedback !== undefined) {
    parts.push(make('div', {class: 'told'}, make('p', {class: 'label'}, 'What the model was told'), make('pre', {class: 'block'}, program.feedback)));
  }
  if (lines.length > 0) {
    parts.push(programBlock(program, lines, rows));
  }
  if (program.answer !== undefined) {
    parts.push(make('div', {class: 'told'}, make('p', {class: 'label'}, 'The answer'), make('pre', {class: 'block'}, program.answer)));
  }
  parts.push(outcome(program));
  return make('div', {class: 'program'}, ...parts);
}

function outcome(program) {
  const chosen = () => (program.chosen ? make('span', {class: 'chosen'}, 'chosen in the end') : null);
  const again = program.repeats === undefined ? null
    : make('p', {class: 'words muted'}, `It is the program of turn ${program.repeats} again, and was not run again.`);
  const words = program.words === undefined ? null : make('p', {class: 'words'}, program.words);
  const entries = [];
  if (program.visible !== undefined) {
    entries.push(['Visible tests', verdictMark(program.visible), program.hidden === undefined ? chosen() : null, words, again]);
  }
  if (program.hidden !== undefined) {
    entries.push(['Tests that decide', verdictMark(program.hidden), chosen()]);
  }
  const element = list(entries);
  element.className = 'outcome';
  return element;
}

/** The lines of a program, and the rows of its difference, from changes to another's lines. */
function rebuilt(before, changes) {
  const lines = [];
  const rows = [];
  let at = 0;
  const add = (kind, text) => {
    if (kind !== 'remove') {
      lines.push(text);
    }
    rows.push({kind, text, number: kind === 'remove' ? null : lines.length});
  };
  for (const change of changes) {
    if (typeof change === 'string') {
      add('add', change);
    } else {
      for (let count = Math.abs(change); count > 0; count--) {
        add(change > 0 ? 'keep' : 'remove', before[at++]);
      }
    }
  }
  return {lines, rows};
}

function programBlock(program, lines, rows) {
  const plain = lines.map((text, index) => ({kind: 'keep', text, number: index + 1}));
  if (program.base === undefined) {
    return make('div', null, make('p', {class: 'label'}, 'The program'), code('The program', plain, false));
  }
  const same = rows.every((line) => line.kind === 'keep');
  const label = same ? `The same program as in turn ${program.base}`
    : program.base === GIVEN ? 'Changes to the program that was given' : `Changes to the program of turn ${program.base}`;
  const place = make('div', null);
  const show = (whole) => {
    place.replaceChildren(whole ? code('The program', plain, false) : code(label, rows, true));
    buttons.forEach((button, index) => button.setAttribute('aria-pressed', String((index === 1) === whole)));
  };
  const buttons = [make('button', {type: 'button', click: () => show(false)}, 'Changes'), make('button', {type: 'button', click: () => show(true)}, 'Program')];
  show(false);
  return make('div', null,
      make('div', {class: 'program-head'}, make('p', {class: 'label'}, label), make('div', {class: 'choice', role: 'group', 'aria-label': 'View of the program'}, ...buttons)),
      place);
}

/** Rows of code; of many that are kept only those near a change, until more are asked for. */
function code(label, rows, folded) {
  const elements = [];
  for (let begin = 0; begin < rows.length;) {
    let end = begin;
    while (end < rows.length && rows[end].kind === 'keep') {
      end++;
    }
    const first = begin === 0 ? 0 : begin + CONTEXT;
    const last = end === rows.length ? rows.length : end - CONTEXT;
    if (folded && last - first > 2) {
      elements.push(...rows.slice(begin, first).map(codeRow), gap(rows.slice(first, last)), ...rows.slice(last, end).map(codeRow));
    } else {
      elements.push(...rows.slice(begin, end).map(codeRow));
    }
    if (end < rows.length) {
      elements.push(codeRow(rows[end]));
    }
    begin = end + 1;
  }
  return make('div', {class: 'code', role: 'group', 'aria-label': label, tabindex: 0}, make('div', {class: 'rows'}, ...elements));
}

function gap(rows) {
  const element = make('div', {class: 'gap'}, make('button', {type: 'button', click: () => element.replaceWith(...rows.map(codeRow))},
      `Show ${rows.length} unchanged lines`));
  return element;
}

function codeRow({kind, text, number}) {
  const sign = kind === 'add' ? '+' : kind === 'remove' ? '−' : '';
  return make('div', {class: `row ${kind}`},
      make('span', {class: 'at', 'aria-hidden': 'true'}, number === null ? '' : String(number)),
      make('span', {class: 'sign', 'aria-hidden': 'true'}, sign),
      make(kind === 'add' ? 'ins' : kind === 'remove' ? 'del' : 'span', {class: 'text'}, text === '' ? ' ' : text));
}
