// The part of Node that small programs use. Nothing here reaches outside of the program.
(function (host, inspector, assertions) {
  'use strict';
  const { inspect, formatLog, isMap, isSet, isDate } = inspector;
  const defineGlobal = (name, value) => Object.defineProperty(
    globalThis, name, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
  const MOST = host.outputLimit;
  const write = (stream, text) => host.write(stream, text.length > MOST ? text.slice(0, MOST + 1) : text);

  // Console.
  const log = (...values) => write(1, formatLog(values) + '\n');
  const error = (...values) => write(2, formatLog(values) + '\n');
  const counts = new Map();
  let indent = '';
  const consoleLog = (...values) => write(1, (indent + formatLog(values)).replaceAll('\n', '\n' + indent) + '\n');
  const console = {
    log: consoleLog, info: consoleLog, debug: consoleLog, error, warn: error, trace: error,
    dir: (value, options) => write(1, inspect(value, options) + '\n'),
    table: consoleLog,
    assert: assertions.consoleAssert((text) => write(2, text + '\n')),
    group: (...values) => { if (values.length > 0) consoleLog(...values); indent += '  '; },
    groupEnd: () => { indent = indent.slice(2); },
    count: (label = 'default') => {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      consoleLog(`${label}: ${counts.get(label)}`);
    },
    time() {}, timeEnd() {}, timeLog() {}, clear() {},
  };
  Object.defineProperty(globalThis, 'console', {
    __proto__: null, value: Object.freeze(console), writable: false, enumerable: false, configurable: false });

  // Timers, in virtual time: the next one is due at once.
  let now = 0;
  let order = 0;
  const timers = [];
  const schedule = (action, delay, args, repeat) => {
    if (typeof action !== 'function') throw new TypeError('The "callback" argument must be of type function.');
    const wait = Math.max(Number(delay) || 0, repeat === undefined ? 0 : 1);
    const timer = { action, args, due: now + wait, order: order++, repeat: repeat ? Math.max(wait, 1) : 0, active: true };
    timers.push(timer);
    const handle = {
      __proto__: { ref() { return this; }, unref() { return this; }, hasRef: () => true, [Symbol.toPrimitive]: () => timer.order },
    };
    handles.set(handle, timer);
    return handle;
  };
  const handles = new WeakMap();
  const cancel = (handle) => {
    const timer = Object(handle) === handle ? handles.get(handle) : timers.find((each) => each.order === Number(handle));
    if (timer !== undefined) timer.active = false;
  };
  const runNext = () => {
    let first = -1;
    for (let index = 0; index < timers.length; index++) {
      if (first < 0 || timers[index].due < timers[first].due
        || (timers[index].due === timers[first].due && timers[index].order < timers[first].order)) first = index;
    }
    if (first < 0) return false;
    const timer = timers[first];
    timers.splice(first, 1);
    if (timer.active) {
      now = Math.max(now, timer.due);
      if (timer.repeat > 0) {
        timer.due = now + timer.repeat;
        timer.order = order++;
        timers.push(timer);
      }
      timer.action(...timer.args);
    }
    return true;
  };
  const timerFunctions = {
    setTimeout: (action, delay, ...args) => schedule(action, delay, args, false),
    setInterval: (action, delay, ...args) => schedule(action, delay, args, true),
    setImmediate: (action, ...args) => schedule(action, 0, args, undefined),
    clearTimeout: cancel, clearInterval: cancel, clearImmediate: cancel,
  };
  for (const name of Object.keys(timerFunctions)) defineGlobal(name, timerFunctions[name]);
  const microtask = (action) => { Promise.resolve().then(() => action()); };
  defineGlobal('queueMicrotask', microtask);
  const soon = timerFunctions.setImmediate;

  // Events.
  class EventEmitter {
    #listeners = new Map();
    on(event, listener) {
      this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
      return this;
    }
    addListener(event, listener) { return this.on(event, listener); }
    once(event, listener) {
      const once = (...args) => { this.off(event, once); listener.apply(this, args); };
      once.listener = listener;
      return this.on(event, once);
    }
    off(event, listener) {
      const kept = (this.#listeners.get(event) ?? []).filter((each) => each !== listener && each.listener !== listener);
      this.#listeners.set(event, kept);
      return this;
    }
    removeListener(event, listener) { return this.off(event, listener); }
    removeAllListeners(event) {
      if (event === undefined) this.#listeners.clear();
      else this.#listeners.delete(event);
      return this;
    }
    emit(event, ...args) {
      const listeners = this.#listeners.get(event) ?? [];
      if (event === 'error' && listeners.length === 0) throw args[0];
      for (const listener of listeners) listener.apply(this, args);
      return listeners.length > 0;
    }
    listenerCount(event) { return (this.#listeners.get(event) ?? []).length; }
    listeners(event) { return [...(this.#listeners.get(event) ?? [])]; }
    eventNames() { return [...this.#listeners.keys()]; }
    setMaxListeners() { return this; }
  }
  EventEmitter.EventEmitter = EventEmitter;

  // Standard input.
  let unread;
  const rest = () => {
    unread ??= host.stdin();
    const text = unread;
    unread = '';
    return text;
  };
  const nextLine = () => {
    unread ??= host.stdin();
    if (unread === '') return null;
    const end = unread.indexOf('\n');
    const line = end < 0 ? unread : unread.slice(0, end);
    unread = end < 0 ? '' : unread.slice(end + 1);
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  };
  class Input extends EventEmitter {
    fd = 0;
    isTTY = false;
    #started = false;
    #start() {
      if (this.#started) return;
      this.#started = true;
      soon(() => {
        if (this.listenerCount('readable') > 0) {
          this.emit('readable');
          this.emit('readable');
        } else {
          const text = rest();
          if (text !== '') this.emit('data', text);
        }
        this.emit('end');
        this.emit('close');
      });
    }
    on(event, listener) {
      super.on(event, listener);
      if (event === 'data' || event === 'readable' || event === 'end') this.#start();
      return this;
    }
    read() { const text = rest(); return text === '' ? null : text; }
    setEncoding() { return this; }
    resume() { this.#start(); return this; }
    pause() { return this; }
    unref() { return this; }
    ref() { return this; }
    async *[Symbol.asyncIterator]() { const text = rest(); if (text !== '') yield text; }
  }
  class Lines extends EventEmitter {
    #questions = [];
    #closed = false;
    #pumping = false;
    #pump() {
      if (this.#pumping || this.#closed) return;
      this.#pumping = true;
      soon(() => {
        this.#pumping = false;
        if (this.#closed) return;
        const question = this.#questions.shift();
        if (question === undefined && this.listenerCount('line') === 0 && this.listenerCount('close') === 0) return;
        const line = nextLine();
        if (line === null) {
          this.close();
          return;
        }
        if (question !== undefined) question(line);
        else this.emit('line', line);
        this.#pump();
      });
    }
    on(event, listener) { super.on(event, listener); this.#pump(); return this; }
    question(query, options, answer) {
      write(1, String(query));
      this.#questions.push(answer ?? options);
      this.#pump();
    }
    prompt() { this.#pump(); }
    setPrompt() {}
    write() {}
    pause() { return this; }
    resume() { return this; }
    close() {
      if (!this.#closed) {
        this.#closed = true;
        this.emit('close');
      }
    }
    async *[Symbol.asyncIterator]() {
      for (let line = nextLine(); line !== null; line = nextLine()) yield line;
      this.close();
    }
  }
  class PromisedLines extends Lines {
    question(query) { return new Promise((resolve) => super.question(query, resolve)); }
  }

  // Process.
  const performance = { now: () => host.nanoseconds() / 1e6 + now, timeOrigin: 0, mark() {}, measure() {} };
  const output = (stream) => ({
    write(text, ...more) {
      write(stream, String(text));
      const done = more[more.length - 1];
      if (typeof done === 'function') microtask(done);
      return true;
    },
    end() {}, on() { return this; }, once() { return this; }, isTTY: false, columns: 80, fd: stream,
  });
  const hrtime = (since) => {
    const total = performance.now() * 1e6;
    const time = [Math.floor(total / 1e9), Math.floor(total % 1e9)];
    if (since === undefined) return time;
    const difference = (time[0] - since[0]) * 1e9 + time[1] - since[1];
    return [Math.floor(difference / 1e9), difference % 1e9];
  };
  hrtime.bigint = () => BigInt(Math.floor(performance.now() * 1e6));
  const process = new EventEmitter();
  Object.assign(process, {
    argv: ['node', 'program.js'], env: {}, exitCode: undefined, platform: 'linux', pid: 1, version: 'v20.0.0',
    versions: { node: '20.0.0' }, execArgv: [], title: 'node', arch: 'x64',
    stdin: new Input(), stdout: output(1), stderr: output(2), hrtime,
    exit(code) { host.exit(Number(code ?? process.exitCode ?? 0) | 0); },
    nextTick(action, ...args) { microtask(() => action(...args)); },
    cwd: () => '/', uptime: () => performance.now() / 1e3, emitWarning() {},
    memoryUsage: () => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 }),
  });

  // Modules.
  const refuse = (path) => {
    const refusal = new Error(`EACCES: permission denied, open '${String(path)}'`);
    refusal.code = 'EACCES';
    throw refusal;
  };
  const isInput = (path) => path === 0 || path === '/dev/stdin' || path === process.stdin;
  const fs = {
    readFileSync: (path) => (isInput(path) ? rest() : refuse(path)),
    readFile(path, ...more) {
      const done = more[more.length - 1];
      soon(() => { let text; try { text = fs.readFileSync(path); } catch (failure) { done(failure); return; } done(null, text); });
    },
    writeFileSync: (path, text) => (path === 1 || path === '/dev/stdout' ? write(1, String(text)) : path === 2 ? write(2, String(text)) : refuse(path)),
    writeSync: (path, text) => fs.writeFileSync(path, text),
    existsSync: (path) => path === '/dev/stdin',
    openSync: refuse, appendFileSync: refuse, unlinkSync: refuse, mkdirSync: refuse, readdirSync: refuse, statSync: refuse,
  };
  const digest = (algorithm, text, encoding) => host.digest(String(algorithm), text, encoding ?? 'hex');
  const crypto = {
    createHash: (algorithm) => {
      let text = '';
      return {
        update(more) { text += String(more); return this; },
        digest(encoding) { return digest(algorithm, text, encoding); },
      };
    },
    randomInt: (low, high) => (high === undefined ? Math.floor(Math.random() * low) : low + Math.floor(Math.random() * (high - low))),
    randomUUID: () => 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => Math.floor(Math.random() * 16).toString(16)),
  };
  const util = {
    inspect: Object.assign((value, options) => inspect(value, options), { custom: inspector.INSPECT }),
    format: (...values) => formatLog(values),
    isDeepStrictEqual: (left, right) => assertions.deepEqual(left, right, true),
    promisify: (action) => (...args) => new Promise((resolve, reject) => {
      action(...args, (failure, value) => (failure ? reject(failure) : resolve(value)));
    }),
    inherits(type, base) { Object.setPrototypeOf(type.prototype, base.prototype); },
    types: { isMap, isSet, isDate, isPromise: (value) => value instanceof Promise, isRegExp: (value) => value instanceof RegExp },
  };
  const clone = (value, seen) => {
    if (typeof value === 'function' || typeof value === 'symbol') throw new TypeError(`${String(value)} could not be cloned.`);
    if (Object(value) !== value) return value;
    if (seen.has(value)) return seen.get(value);
    const copy = Array.isArray(value) ? new Array(value.length) : isMap(value) ? new Map() : isSet(value) ? new Set()
      : isDate(value) ? new Date(value.getTime()) : ArrayBuffer.isView(value) ? value.slice() : {};
    seen.set(value, copy);
    if (isMap(value)) for (const [key, each] of value) copy.set(clone(key, seen), clone(each, seen));
    else if (isSet(value)) for (const each of value) copy.add(clone(each, seen));
    else if (!ArrayBuffer.isView(value)) for (const key of Object.keys(value)) copy[key] = clone(value[key], seen);
    return copy;
  };
  const readline = {
    createInterface: () => new Lines(), clearLine() {}, cursorTo() {},
    promises: { createInterface: () => new PromisedLines() },
  };
  const sleep = (delay, value) => new Promise((resolve) => { timerFunctions.setTimeout(resolve, delay, value); });
  const modules = {
    __proto__: null,
    fs, crypto, util, readline, process, console,
    'readline/promises': readline.promises,
    assert: assertions.assert, 'assert/strict': assertions.strict,
    events: EventEmitter, perf_hooks: { performance },
    timers: timerFunctions, 'timers/promises': { setTimeout: sleep, setImmediate: (value) => sleep(0, value) },
    'js-md5': Object.assign((text) => digest('md5', String(text)), { md5: (text) => digest('md5', String(text)) }),
    os: { EOL: '\n', cpus: () => [], platform: () => 'linux' },
  };
  const module = { exports: {}, id: '.', filename: 'program.js', loaded: false, children: [] };
  const require = (name) => {
    const key = String(name).replace(/^node:/, '');
    if (key in modules) return modules[key];
    const missing = new Error(`Cannot find module '${String(name)}'`);
    missing.code = 'MODULE_NOT_FOUND';
    throw missing;
  };
  require.main = module;

  const globals = {
    process, require, module, exports: module.exports, performance, assert: assertions.assert, global: globalThis,
    __filename: 'program.js', __dirname: '/', print: (...values) => consoleLog(...values), readline: nextLine,
    structuredClone: (value) => clone(value, new Map()), crypto: { randomUUID: crypto.randomUUID },
  };
  for (const name of Object.keys(globals)) defineGlobal(name, globals[name]);
  for (const name of ['Graal', 'load', 'loadWithNewGlobal', 'printErr', 'arguments', 'SharedArrayBuffer', 'Atomics']) {
    delete globalThis[name];
  }

  const describe = (thrown) => {
    try {
      if (inspector.isError(thrown)) {
        const name = typeof thrown.name === 'string' ? thrown.name : 'Error';
        return [name, typeof thrown.message === 'string' ? thrown.message.slice(0, 2000) : ''];
      }
      return ['Uncaught', typeof thrown === 'string' ? thrown.slice(0, 2000) : assertions.show(thrown)];
    } catch {
      return ['Uncaught', ''];
    }
  };

  return {
    __proto__: null,
    runNext,
    describe,
    show: assertions.show,
    parse: (text) => JSON.parse(text),
    isReported: assertions.isReported,
    site: assertions.site,
    sides: assertions.sides,

    // What becomes of a promise; anything else is what it is.
    settle: (value) => {
      const outcome = { __proto__: null, state: 'plain', value };
      if (Object(value) === value && value instanceof Promise) {
        outcome.state = 'pending';
        Promise.prototype.then.call(value,
          (result) => { outcome.state = 'fulfilled'; outcome.value = result; },
          (reason) => { outcome.state = 'rejected'; outcome.value = reason; });
      }
      return outcome;
    },

    // Makes what a module exports visible to the tests.
    publish: () => {
      const exported = module.exports;
      const found = [];
      if (typeof exported === 'function') found.push([exported.name, exported]);
      if (Object(exported) === exported) for (const key of Object.keys(exported)) found.push([key, exported[key]]);
      for (const [name, value] of found) {
        if (/^[A-Za-z_$][\w$]*$/.test(name) && name !== 'default' && !Object.hasOwn(globalThis, name)) {
          defineGlobal(name, value);
        }
      }
    },

    // Gives the tests what their calls were rewritten to use.
    arm: (name) => {
      Object.defineProperty(globalThis, name, {
        __proto__: null, value: Object.freeze({ __proto__: null, site: assertions.site, sides: assertions.sides }),
        writable: false, enumerable: false, configurable: false });
    },
  };
})
