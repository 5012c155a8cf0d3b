/** The charts; drawn again when the system changes between light and dark. */

let drawn = [];

function drawCharts(data) {
  drawn.forEach((chart) => chart.destroy());
  const body = getComputedStyle(document.body);
  Chart.defaults.font.family = body.fontFamily;
  Chart.defaults.font.size = 13;
  Chart.defaults.color = colour('--muted');
  Chart.defaults.borderColor = colour('--line');
  Chart.defaults.animation = false;
  Chart.defaults.maintainAspectRatio = false;
  drawn = [verdictChart(data.runs)];
  if (!find('turns').hidden) {
    drawn.push(turnChart(data.runs));
  }
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function transparent(hex) {
  return `${hex}2b`;
}

/** Shares after each turn, as lines, each within the band of its interval. */
function turnChart(runs) {
  const turns = Math.max(...runs.map((run) => run.figures.afterTurn.length));
  const datasets = [];
  runs.forEach((run, place) => {
    const tint = colour(`--${runClass(place)}`);
    const points = run.figures.afterTurn;
    const edge = {borderWidth: 0, pointRadius: 0, pointHitRadius: 0, order: 2};
    datasets.push({
      label: run.name,
      data: points.map((point) => point.mean * 100),
      intervals: points,
      borderColor: tint,
      backgroundColor: tint,
      borderWidth: 2,
      borderDash: place % 2 === 1 ? [7, 4] : [],
      pointStyle: ['circle', 'rectRot', 'triangle', 'rect', 'star', 'cross'][place % 6],
      pointRadius: 4,
      order: 1,
    });
    datasets.push({...edge, data: points.map((point) => point.low * 100)});
    datasets.push({...edge, data: points.map((point) => point.high * 100), fill: '-1', backgroundColor: transparent(tint)});
  });
  const canvas = find('turns-chart');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', 'Share of problems that are solved after each turn; the table below has the numbers.');
  return new Chart(canvas, {
    type: 'line',
    data: {labels: Array.from({length: turns}, (_, turn) => `turn ${turn + 1}`), datasets},
    options: {
      layout: {padding: {right: 12}},
      interaction: {mode: 'index', intersect: false},
      scales: {
        x: {grid: {display: false}},
        y: {beginAtZero: true, max: axisEnd(runs), ticks: {maxTicksLimit: 6, callback: (value) => `${value}%`}},
      },
      plugins: {
        legend: {display: false},
        tooltip: {
          filter: (item) => item.dataset.intervals !== undefined,
          callbacks: {
            label: (item) => {
              const point = item.dataset.intervals[item.dataIndex];
              return ` ${item.dataset.label}: ${percent(point.mean)} (${percent(point.low)} to ${percent(point.high)})`;
            },
          },
        },
      },
    },
  });
}

/** The next even step above all intervals. */
function axisEnd(runs) {
  const highest = Math.max(...runs.flatMap((run) => run.figures.afterTurn.map((point) => point.high)));
  const step = highest > 0.5 ? 20 : highest > 0.2 ? 10 : 5;
  return Math.min(100, Math.max(step, Math.ceil((highest * 100) / step) * step));
}

/** How many tasks a run has of each verdict, those without a program last. */
function verdictCounts(figures) {
  return [...VERDICTS.map((verdict) => [verdict, figures.verdicts[verdict]]), ['none', figures.none]];
}

function verdictChart(runs) {
  const kinds = [...VERDICTS, 'none'];
  const canvas = find('verdicts-chart');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', 'How many chosen programs have each verdict; the table below has the numbers.');
  find('verdicts-plot').style.height = `${3 + runs.length * 3.5}rem`;
  return new Chart(canvas, {
    type: 'bar',
    data: {
      labels: runs.map((run) => shortened(run.name)),
      datasets: kinds.map((kind, place) => ({
        label: WORDS[kind],
        data: runs.map((run) => verdictCounts(run.figures)[place][1]),
        backgroundColor: colour(`--${kind}`),
        ink: colour(`--on-${kind}`),
        borderColor: colour('--page'),
        borderWidth: {right: 1},
        borderSkipped: false,
        barThickness: 30,
      })),
    },
    options: {
      indexAxis: 'y',
      scales: {
        x: {stacked: true, max: Math.max(...runs.map((run) => run.figures.tasks)), ticks: {precision: 0, maxTicksLimit: 7}, grid: {drawTicks: false}},
        y: {stacked: true, display: runs.length > 1, grid: {display: false}},
      },
      plugins: {legend: {display: false}, tooltip: {callbacks: {label: (item) => ` ${item.dataset.label}: ${item.raw}`}}},
    },
    plugins: [{id: 'counts', afterDatasetsDraw: writeCounts}],
  });
}

/** Writes counts into the parts of bars that are wide enough. */
function writeCounts(chart) {
  const pen = chart.ctx;
  pen.save();
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.font = `600 13px ${Chart.defaults.font.family}`;
  chart.data.datasets.forEach((dataset, index) => {
    chart.getDatasetMeta(index).data.forEach((bar, place) => {
      const count = String(dataset.data[place]);
      if (bar.width > pen.measureText(count).width + 8) {
        pen.fillStyle = dataset.ink;
        pen.fillText(count, bar.x - bar.width / 2, bar.y + 1);
      }
    });
  });
  pen.restore();
}

function shortened(name) {
  const most = innerWidth < 640 ? 11 : 20;
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}
