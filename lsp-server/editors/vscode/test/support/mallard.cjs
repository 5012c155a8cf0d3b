#!/usr/bin/env node
// Stands for the command `mallard lsp`: writes down its arguments and what it is sent.

const { appendFileSync } = require('node:fs');

const log = process.env.MALLARD_TEST_LOG;
const note = (entry) => appendFileSync(log, JSON.stringify({ process: process.pid, ...entry }) + '\n');

function send(message) {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message });
  process.stdout.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

function handle({ id, method, params, result }) {
  note({ id, method, params, result });
  if (method === 'initialize') {
    const capabilities = {
      textDocumentSync: { openClose: true, change: 2, save: true },
      executeCommandProvider: { commands: ['mallard.runTests', 'mallard.debug'] },
      inlineCompletionProvider: {},
    };
    send({ id, result: { capabilities } });
  } else if (method === 'initialized') {
    send({ id: 'settings', method: 'workspace/configuration', params: { items: [{ section: 'mallard' }] } });
  } else if (method === 'exit') {
    process.exit(0);
  } else if (id !== undefined && method) {
    send({ id, result: null });
  }
}

note({ arguments: process.argv.slice(2) });
let waiting = Buffer.alloc(0);
process.stdin.on('data', (more) => {
  waiting = Buffer.concat([waiting, more]);
  for (;;) {
    const end = waiting.indexOf('\r\n\r\n');
    const length = Number(/Content-Length: (\d+)/i.exec(waiting.subarray(0, Math.max(end, 0)))?.[1]);
    if (end < 0 || waiting.length < end + 4 + length) {
      return;
    }
    const body = waiting.subarray(end + 4, end + 4 + length);
    waiting = waiting.subarray(end + 4 + length);
    handle(JSON.parse(body));
  }
});
process.stdin.on('end', () => process.exit(1));
