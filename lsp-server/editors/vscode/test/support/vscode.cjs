// As much of Visual Studio Code as the extension and its language client need to start a server.

const Module = require('node:module');

class Disposable {
  constructor(run) {
    this.run = run;
  }
  static from(...all) {
    return new Disposable(() => all.forEach((one) => one.dispose()));
  }
  dispose() {
    this.run?.();
  }
}

class EventEmitter {
  listeners = new Set();
  event = (listener, self) => {
    const bound = self ? listener.bind(self) : listener;
    this.listeners.add(bound);
    return new Disposable(() => this.listeners.delete(bound));
  };
  fire(event) {
    [...this.listeners].forEach((listener) => listener(event));
  }
  dispose() {
    this.listeners.clear();
  }
}

class CancellationTokenSource {
  token = { isCancellationRequested: false, onCancellationRequested: () => new Disposable() };
  cancel() {}
  dispose() {}
}

class Uri {
  constructor(fsPath) {
    this.scheme = 'file';
    this.fsPath = fsPath;
    this.path = fsPath;
  }
  static file(fsPath) {
    return new Uri(fsPath);
  }
  toString() {
    return `file://${this.fsPath}`;
  }
}

/** Whatever is not said otherwise is a class that does nothing, and events and registrations too. */
function lenient(known) {
  return new Proxy(known, {
    get(target, name) {
      if (name in target || typeof name === 'symbol' || name === 'then' || name === '__esModule') {
        return target[name];
      }
      if (/^[A-Z]/.test(name)) {
        return (target[name] = class {});
      }
      return () => new Disposable();
    },
  });
}

exports.install = function install({ settings, folder }) {
  const errors = [];
  const registered = new Map();
  const configured = new EventEmitter();
  const inlineCompletions = [];
  const output = [];
  const channel = new Proxy(
    { name: 'Mallard', logLevel: 3, onDidChangeLogLevel: () => new Disposable(), shown: 0 },
    {
      get(target, name) {
        if (name === 'show') {
          return () => target.shown++;
        }
        return name in target ? target[name] : (...text) => void output.push(`${String(name)}: ${text.join(' ')}`);
      },
    },
  );
  const configuration = {
    get: (name, otherwise) => (name === 'mallard' ? settings : (settings[name] ?? otherwise)),
    ...settings,
  };
  const folders = [{ uri: Uri.file(folder), name: 'folder', index: 0 }];
  const vscode = lenient({
    __esModule: true, // Or its properties would be copied, of which there are few
    version: '1.91.0',
    Disposable,
    EventEmitter,
    CancellationTokenSource,
    Uri,
    CancellationError: class extends Error {},
    LogLevel: { Off: 0, Trace: 1, Debug: 2, Info: 3, Warning: 4, Error: 5 },
    env: lenient({ language: 'en', appName: 'test' }),
    commands: lenient({
      registerCommand(name, run) {
        if (registered.has(name)) {
          throw new Error(`command ${name} is there already`);
        }
        registered.set(name, run);
        return new Disposable(() => registered.delete(name));
      },
      executeCommand: async () => undefined,
    }),
    languages: lenient({
      match: () => 0,
      registerInlineCompletionItemProvider(selector) {
        inlineCompletions.push(selector);
        return new Disposable();
      },
    }),
    window: lenient({
      visibleTextEditors: [],
      tabGroups: lenient({ all: [] }),
      createOutputChannel: () => channel,
      showErrorMessage: async (text) => void errors.push(text),
    }),
    workspace: lenient({
      workspaceFolders: folders,
      textDocuments: [],
      notebookDocuments: [],
      getWorkspaceFolder: () => folders[0],
      getConfiguration: (section) => ({
        ...configuration,
        get: (name, otherwise) =>
          section === undefined && name === 'mallard' ? settings : (settings[name] ?? otherwise),
      }),
      onDidChangeConfiguration: configured.event,
      createFileSystemWatcher: () => lenient({}),
    }),
  });
  const load = Module._load;
  Module._load = (request, ...rest) => (request === 'vscode' ? vscode : load(request, ...rest));
  return {
    errors,
    registered,
    output,
    channel,
    inlineCompletions,
    changeConfiguration: () =>
      configured.fire({ affectsConfiguration: (section) => 'mallard.command'.startsWith(section) }),
  };
};
