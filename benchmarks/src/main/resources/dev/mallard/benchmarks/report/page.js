/** Puts the page together. */

const PREFIX = '#problem=';
const data = stored('data');
const dialog = find('transcript');
let chosenRun = data.runs.length - 1;

showFigures(data);
const problemTable = showProblems(data, (place) => { location.hash = PREFIX + encodeURIComponent(data.problems[place].id); });
showComparison(data, problemTable.showDiffering);
drawCharts(data);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawCharts(data));

/** Shows the problem that the address names, if it names one. */
function follow() {
  const id = location.hash.startsWith(PREFIX) ? decoded(location.hash.slice(PREFIX.length)) : null;
  const place = id === null ? -1 : data.problems.findIndex((problem) => problem.id === id);
  if (place >= 0) {
    showTranscript(place);
  } else if (dialog.open) {
    dialog.close();
  }
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function showTranscript(place) {
  const problem = data.problems[place];
  const view = stored(`problem-${place}`);
  const order = problemTable.order();
  const at = order.indexOf(place);
  const to = (next) => () => { location.replace(PREFIX + encodeURIComponent(data.problems[order[next]].id)); };
  const step = (name, sign, next) => make('button', {type: 'button', 'aria-label': name, title: name, disabled: at < 0 || next < 0 || next >= order.length, click: to(next)}, sign);
  const draw = () => {
    const inside = transcript(data, problem, view, chosenRun, (run) => {
      chosenRun = run;
      draw();
      find('transcript-body').querySelector(`.tabs button:nth-child(${run + 1})`).focus();
    });
    find('transcript-body').replaceChildren(
        make('div', {class: 'bar'},
            make('h2', {id: 'transcript-title', tabindex: -1}, problem.id),
            make('div', {class: 'buttons'}, step('Previous problem', '←', at - 1), step('Next problem', '→', at + 1),
                make('button', {type: 'button', click: () => dialog.close()}, 'Close'))),
        inside);
  };
  draw();
  if (!dialog.open) {
    dialog.showModal();
  }
  dialog.scrollTop = 0;
  find('transcript-title').focus();
}

dialog.addEventListener('close', () => {
  if (location.hash.startsWith(PREFIX)) {
    const id = decoded(location.hash.slice(PREFIX.length));
    history.replaceState(null, '', location.pathname + location.search);
    [...document.querySelectorAll('#problem-table a')].find((link) => link.textContent === id)?.focus();
  }
});
dialog.addEventListener('click', (event) => {
  if (event.target === dialog) {
    dialog.close();
  }
});
addEventListener('hashchange', follow);
follow();
