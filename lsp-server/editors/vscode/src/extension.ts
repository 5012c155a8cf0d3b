import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as path from 'node:path';
import { commands, window, workspace, type ExtensionContext, type LogOutputChannel } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/node';

const languages = ['python', 'java', 'javascript', 'sql'];

let client: LanguageClient | undefined;
let last: Promise<void> = Promise.resolve();

export async function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel('Mallard', { log: true });
  const restart = () => inTurn(async () => {
    await stop(log);
    await start(log);
  });
  context.subscriptions.push(
    log,
    commands.registerCommand('mallard.restart', restart),
    commands.registerCommand('mallard.showLog', () => log.show()),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('mallard.command')) {
        void restart();
      }
    }),
  );
  await inTurn(() => start(log));
}

export async function deactivate(): Promise<void> {
  await inTurn(() => stop(undefined));
}

/** Starts and stops one after the other, in the order in which they were asked for. */
function inTurn(work: () => Promise<void>): Promise<void> {
  last = last.then(work, work);
  return last;
}

async function start(log: LogOutputChannel): Promise<void> {
  const configured = workspace.getConfiguration('mallard').get<string>('command')?.trim() || 'mallard';
  const command = await find(configured);
  if (command === undefined) {
    sayNotFound(configured);
    return;
  }
  const starting = new LanguageClient(
    'mallard',
    'Mallard',
    { command, args: ['lsp'] },
    {
      documentSelector: languages.map((language) => ({ scheme: 'file', language })),
      synchronize: { configurationSection: 'mallard' },
      outputChannel: log,
      middleware: {
        workspace: {
          // One that is stopped because of the change must not be told of it
          didChangeConfiguration: (sections, next) =>
            inTurn(async () => {
              if (client === starting) {
                await next(sections);
              }
            }),
        },
      },
    },
  );
  client = starting;
  try {
    await starting.start();
  } catch (error) {
    // The client has said that it did not start
    log.error(`${command} lsp: ${error}`);
    client = undefined;
  }
}

async function stop(log: LogOutputChannel | undefined): Promise<void> {
  const stopping = client;
  client = undefined;
  try {
    await stopping?.dispose();
  } catch (error) {
    log?.warn(`The language server did not stop as it should: ${error}`);
  }
}

/** The file of a command: a name on the PATH, or a path. */
async function find(command: string): Promise<string | undefined> {
  const candidates: string[] = [];
  if (command.startsWith('~/')) {
    candidates.push(path.join(homedir(), command.slice(2)));
  } else if (command.includes('/') || command.includes(path.sep)) {
    candidates.push(path.resolve(workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir(), command));
  } else {
    const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
    candidates.push(...folders.map((folder) => path.join(folder, command)));
  }
  for (const candidate of candidates) {
    try {
      await access(candidate, constants.X_OK);
      if ((await stat(candidate)).isFile()) {
        return candidate;
      }
    } catch {
      // It is not there, or no program
    }
  }
  return undefined;
}

function sayNotFound(command: string): void {
  const open = 'Open Settings';
  const message =
    `Mallard's language server was not started: there is no command "${command}". ` +
    'Put mallard on the PATH, or its path into the setting mallard.command.';
  void window.showErrorMessage(message, open).then((choice) => {
    if (choice === open) {
      void commands.executeCommand('workbench.action.openSettings', 'mallard.command');
    }
  });
}
