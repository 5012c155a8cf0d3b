import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { inflateRawSync } from 'node:zlib';

const root = path.join(import.meta.dirname, '..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

/** The files of a zip archive. */
function unzip(archive) {
  const files = new Map();
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = archive.readUInt32LE(end + 16);
  for (let i = archive.readUInt16LE(end + 10); i > 0; i--) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const local = archive.readUInt32LE(at + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const data = archive.subarray(start, start + archive.readUInt32LE(at + 20));
    files.set(name, archive.readUInt16LE(at + 10) === 0 ? data : inflateRawSync(data));
    at += 46 + nameLength + extraLength + commentLength;
  }
  return files;
}

test('settings have the defaults of the server', () => {
  const { properties } = manifest.contributes.configuration;
  assert.deepEqual(Object.fromEntries(Object.entries(properties).map(([name, { default: value }]) => [name, value])), {
    'mallard.command': 'mallard',
    'mallard.model': '',
    'mallard.endpoint': '',
    'mallard.samples': 1,
    'mallard.maxTurns': 10,
    'mallard.maxTokens': 512,
    'mallard.temperature': 0.8,
    'mallard.seed': 0,
    'mallard.feedback': ['unit-test'],
    'mallard.timeoutSeconds': 10,
    'mallard.runTests': 'onSave',
    'mallard.inlineCompletion': false,
  });
  assert.deepEqual(properties['mallard.feedback'].items.enum, [
    'simple',
    'unit-test',
    'explain',
    'trace',
    'simulated-trace',
    'blocks',
  ]);
  for (const [name, { description }] of Object.entries(properties)) {
    assert.match(description, /^[A-Z].*\.$/, name);
  }
});

test('the four languages activate the extension', () => {
  assert.deepEqual(
    manifest.activationEvents,
    ['python', 'java', 'javascript', 'sql'].map((language) => `onLanguage:${language}`),
  );
});

test('the package holds the bundle and the licences, and nothing else', () => {
  const files = unzip(readFileSync(path.join(root, 'mallard.vsix')));
  assert.deepEqual([...files.keys()].sort(), [
    '[Content_Types].xml',
    'extension.vsixmanifest',
    'extension/LICENSE.txt',
    'extension/THIRD-PARTY-LICENSES',
    'extension/out/extension.js',
    'extension/package.json',
    'extension/readme.md',
  ]);
  assert.deepEqual(files.get('extension/LICENSE.txt'), readFileSync(path.join(root, '../../../LICENSE')));
  assert.match(files.get('extension/THIRD-PARTY-LICENSES').toString(), /^vscode-languageclient /m);
  const required = new Set([...files.get('extension/out/extension.js').toString().matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name));
  assert.ok(required.has('vscode'));
  for (const name of required) {
    assert.ok(name === 'vscode' || process.getBuiltinModule(name), `${name} is not in the bundle`);
  }
  const packed = JSON.parse(files.get('extension/package.json'));
  assert.equal(packed.main, './out/extension.js');
  assert.equal(packed.version, manifest.version);
});

test('the lock file names no registry', () => {
  assert.doesNotMatch(readFileSync(path.join(root, 'package-lock.json'), 'utf8'), /"resolved"/);
});
