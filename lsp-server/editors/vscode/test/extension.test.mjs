import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';

const require = createRequire(import.meta.url);
const support = path.join(import.meta.dirname, 'support');
const folder = mkdtempSync(path.join(tmpdir(), 'mallard-vscode-'));
const settings = {};
const code = require('./support/vscode.cjs').install({ settings, folder });
const pathBefore = process.env.PATH;
let extension;
let log;
let runs = 0;
let context;

before(() => {
  copyFileSync(path.join(support, 'mallard.cjs'), path.join(folder, 'mallard'));
  chmodSync(path.join(folder, 'mallard'), 0o755);
  extension = require('../out/extension.js');
});

beforeEach(() => {
  for (const name of Object.keys(settings)) {
    delete settings[name];
  }
  process.env.PATH = `${folder}${path.delimiter}${pathBefore}`;
  code.errors.length = 0;
  log = path.join(folder, `log-${++runs}.jsonl`);
  process.env.MALLARD_TEST_LOG = log;
  context = { subscriptions: [] };
});

afterEach(async () => {
  await extension.deactivate();
  context.subscriptions.forEach((subscription) => subscription.dispose());
  for (let i = 0; i < 250 && [...processes()].some(isRunning); i++) {
    await setTimeout(20);
  }
  assert.deepEqual([...processes()].filter(isRunning), [], 'servers have ended');
});

after(() => rmSync(folder, { recursive: true, force: true }));

const written = () =>
  existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').map((line) => JSON.parse(line)) : [];

const processes = () => new Set(written().map((entry) => entry.process));

function isRunning(identifier) {
  try {
    return process.kill(identifier, 0);
  } catch {
    return false;
  }
}

async function eventually(find) {
  for (let i = 0; i < 250; i++) {
    const found = written().find(find);
    if (found) {
      return found;
    }
    await setTimeout(20);
  }
  assert.fail(`not written: ${find}; but ${JSON.stringify(written())}; ${code.output.join('\n')}`);
}

test('activation starts mallard lsp from the PATH', async () => {
  await extension.activate(context);

  assert.deepEqual((await eventually((entry) => entry.arguments)).arguments, ['lsp']);
  const { params } = await eventually((entry) => entry.method === 'initialize');
  assert.equal(params.capabilities.window.workDoneProgress, true);
  assert.equal(params.capabilities.window.showDocument.support, true);
  assert.ok(params.capabilities.workspace.workspaceEdit.changeAnnotationSupport);
  assert.ok(params.capabilities.textDocument.inlineCompletion);
  assert.deepEqual(code.errors, []);
  assert.ok(code.registered.has('mallard.restart'));
  assert.ok(code.registered.has('mallard.runTests'), 'commands of the server can be called');
});

test('inline completion is there for the four languages', async () => {
  await extension.activate(context);

  assert.deepEqual(
    code.inlineCompletions.at(-1).map(({ scheme, language }) => [scheme, language]),
    ['python', 'java', 'javascript', 'sql'].map((language) => ['file', language]),
  );
});

test('settings are given to the server', async () => {
  Object.assign(settings, { samples: 3, feedback: ['trace'] });
  await extension.activate(context);

  const { result } = await eventually((entry) => entry.id === 'settings');
  assert.deepEqual(result, [{ samples: 3, feedback: ['trace'] }]);
});

test('mallard.command may be a path', async () => {
  process.env.PATH = path.dirname(process.execPath);
  settings.command = './mallard';
  await extension.activate(context);

  await eventually((entry) => entry.method === 'initialized');
});

test('a command that is not there is said', async () => {
  settings.command = 'no-such-mallard';
  await extension.activate(context);

  assert.deepEqual(code.errors, [
    'Mallard\'s language server was not started: there is no command "no-such-mallard". ' +
      'Put mallard on the PATH, or its path into the setting mallard.command.',
  ]);
  assert.deepEqual(written(), []);
});

test('the server is started again when asked, and when its command changes', async () => {
  await extension.activate(context);
  await code.registered.get('mallard.restart')();
  assert.equal(processes().size, 2);
  const [first, second] = processes();
  await eventually((entry) => entry.method === 'exit' && entry.process === first);

  settings.command = 'no-such-mallard';
  code.changeConfiguration();
  await eventually((entry) => entry.method === 'exit' && entry.process === second);
  await extension.deactivate();
  assert.equal(processes().size, 2);
  assert.match(code.errors.join('|'), /^[^|]*there is no command "no-such-mallard"[^|]*$/);
});

test('the log is shown', async () => {
  const { shown } = code.channel;
  await extension.activate(context);
  code.registered.get('mallard.showLog')();

  assert.equal(code.channel.shown, shown + 1);
});
