-- nvim --headless --clean -n -S lsp-server/editors/neovim/test/test.lua
--
-- Tests mallard.lua with a server of its own, which needs python3 and nothing else.

local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')
local folder = vim.fn.tempname()
local log = folder .. '/log.jsonl'
vim.fn.mkdir(folder .. '/one/.git', 'p')
vim.fn.mkdir(folder .. '/one/deep', 'p')
vim.fn.mkdir(folder .. '/two/.git', 'p')
vim.g.loaded_python3_provider = 0 -- Looking for it takes seconds
vim.env.MALLARD_TEST_LOG = log
vim.env.MALLARD_TEST_FOLDER = folder

local program = {
  'class Calculator:',
  '    def add(self, a, b):',
  '        """Adds."""',
  '        return a - b',
  '',
  'def multiply(a, b):',
  '    pass',
  'def outer():',
  '    def inner():',
  '        pass',
  '    return inner',
  '',
  'x = 1',
}
for _, name in ipairs({ 'one/calculator.py', 'one/deep/other.py', 'two/third.py' }) do
  vim.fn.writefile(program, folder .. '/' .. name)
end

local messages = {}
vim.notify = function(message)
  table.insert(messages, message)
end
local echoed = {}
vim.api.nvim_echo = function(chunks)
  table.insert(echoed, chunks[1][1])
end

local function received(kind, method, matches)
  local found = {}
  if vim.fn.filereadable(log) == 1 then
    for _, line in ipairs(vim.fn.readfile(log)) do
      local entry = vim.fn.json_decode(line)
      local name = entry.method or entry.id
      if
        entry.kind == kind
        and vim.startswith(tostring(name), method)
        and (not matches or matches(entry))
      then
        table.insert(found, entry)
      end
    end
  end
  return found
end

local function eventually(what, condition)
  if not vim.wait(5000, condition, 20) then
    error(what .. ' did not happen; said: ' .. vim.inspect(messages), 2)
  end
end

local function same(expected, actual)
  if not vim.deep_equal(expected, actual) then
    error('expected ' .. vim.inspect(expected) .. ', got ' .. vim.inspect(actual), 2)
  end
end

local function open(name)
  vim.cmd('edit ' .. folder .. '/' .. name)
end

local function calls(command)
  return received('request', 'workspace/executeCommand', function(entry)
    return entry.params.command == command
  end)
end

local function at(line, column, command, name)
  vim.api.nvim_win_set_cursor(0, { line, column })
  local before = #calls(name)
  vim.cmd(command)
  eventually(command, function()
    return #calls(name) > before
  end)
  local all = calls(name)
  return all[#all].params.arguments[1]
end

local function lens_texts()
  local texts = {}
  if vim.lsp.codelens.enable then -- They are drawn where there is a screen only
    for _, found in ipairs(vim.lsp.codelens.get({ bufnr = 0 })) do
      table.insert(texts, found.lens.command.title)
    end
    return texts
  end
  for name, namespace in pairs(vim.api.nvim_get_namespaces()) do
    if name:match('codelens') then
      for _, mark in
        ipairs(vim.api.nvim_buf_get_extmarks(0, namespace, 0, -1, { details = true }))
      do
        for _, chunk in ipairs(mark[4].virt_text or {}) do
          if chunk[1]:match('%S') then
            table.insert(texts, chunk[1])
          end
        end
      end
    end
  end
  return texts
end

local tests = {
  {
    'a server that is not there is said once',
    function()
      dofile(here .. '/../mallard.lua').setup({ cmd = { 'no-such-mallard', 'lsp' } })
      open('one/calculator.py')
      open('one/deep/other.py')
      same(1, #messages)
      assert(messages[1]:match('no%-such%-mallard is not found'), messages[1])
      vim.cmd('%bwipeout!')
      messages = {}
    end,
  },
  {
    'a root has one client',
    function()
      dofile(here .. '/../mallard.lua').setup({
        cmd = { 'python3', here .. '/fake_server.py' },
        settings = { mallard = { samples = 3, feedback = { 'simple', 'trace' }, runTests = 'manual' } },
      })
      open('one/calculator.py')
      open('one/deep/other.py')
      open('two/third.py')
      vim.cmd('edit ' .. folder .. '/notes.txt')
      eventually('three files opened', function()
        return #received('notification', 'textDocument/didOpen') == 3
      end)
      local roots = vim.tbl_map(function(entry)
        return entry.params.rootUri
      end, received('request', 'initialize'))
      table.sort(roots)
      same({ vim.uri_from_fname(folder .. '/one'), vim.uri_from_fname(folder .. '/two') }, roots)
    end,
  },
  {
    'what the client can do is said',
    function()
      local can = received('request', 'initialize')[1].params.capabilities
      same(true, can.window.workDoneProgress)
      same(true, can.window.showDocument.support)
      same(true, can.workspace.configuration)
      same(true, can.workspace.codeLens.refreshSupport)
      same(true, can.textDocument.documentSymbol.hierarchicalDocumentSymbolSupport)
    end,
  },
  {
    'settings are given',
    function()
      eventually('an answer', function()
        return #received('response', 'workspace/configuration') == 2
      end)
      local result = received('response', 'workspace/configuration')[1].result
      same({ samples = 3, feedback = { 'simple', 'trace' }, runTests = 'manual' }, result[1])
      same({ vim.NIL, vim.NIL }, { result[2], result[3] })
    end,
  },
  {
    'code lenses are shown and asked for again',
    function()
      open('one/calculator.py')
      eventually('a lens', function()
        return vim.deep_equal({ 'Run tests' }, lens_texts())
      end)
      local events = { 'BufEnter', 'InsertLeave', 'BufWritePost' }
      for _, event in ipairs(vim.lsp.codelens.enable and {} or events) do
        local before = #received('request', 'textDocument/codeLens')
        vim.cmd('doautocmd ' .. event)
        eventually('lenses after ' .. event, function()
          return #received('request', 'textDocument/codeLens') > before
        end)
      end
      vim.api.nvim_win_set_cursor(0, { 2, 0 })
      local before = #calls('mallard.runTests')
      vim.lsp.codelens.run()
      eventually('the command of the lens', function()
        return #calls('mallard.runTests') > before
      end)
    end,
  },
  {
    'the innermost problem under the cursor is taken, by its qualified name',
    function()
      local uri = vim.uri_from_bufnr(0)
      local add = { uri = uri, problem = 'Calculator.add' }
      same(add, at(2, 0, 'MallardRun', 'mallard.runTests'))
      same(add, at(4, 10, 'MallardRun', 'mallard.runTests'))
      same({ uri = uri, problem = 'Calculator' }, at(1, 3, 'MallardRun', 'mallard.runTests'))
      same({ uri = uri, problem = 'inner' }, at(10, 0, 'MallardRun', 'mallard.runTests'))
      same({ uri = uri, problem = 'outer' }, at(11, 15, 'MallardRun', 'mallard.runTests'))
      same({ uri = uri, problem = 'multiply' }, at(7, 6, 'MallardTranscript', 'mallard.showTranscript'))
    end,
  },
  {
    'no problem under the cursor is said',
    function()
      messages = {}
      vim.api.nvim_win_set_cursor(0, { 13, 0 })
      vim.cmd('MallardRun')
      eventually('a message', function()
        return #messages == 1
      end)
      assert(messages[1]:match('no function under the cursor'), messages[1])
    end,
  },
  {
    'progress is shown, and lenses are refreshed when the server asks for it',
    function()
      eventually('the end', function()
        return echoed[#echoed] == 'Mallard: Run tests of add: all 2 tests hold'
      end)
      assert(vim.tbl_contains(echoed, 'Mallard: Run tests of add: test 1 of 2 (50%)'))
      eventually('an answer', function()
        return #received('response', 'workspace/codeLens/refresh') > 0
      end)
      same(vim.NIL, received('response', 'workspace/codeLens/refresh')[1].error or vim.NIL)
    end,
  },
  {
    'what is going on is stopped',
    function()
      messages = {}
      at(2, 4, 'MallardDebug', 'mallard.debug')
      eventually('the begin', function()
        return echoed[#echoed] == 'Mallard: Debug add'
      end)
      vim.cmd('MallardStop')
      eventually('the end', function()
        return echoed[#echoed] == 'Mallard: Debug add: stopped'
      end)
      same(7, received('notification', 'window/workDoneProgress/cancel')[1].params.token)
      same({}, messages)
      eventually('nothing to stop', function()
        vim.cmd('MallardStop')
        return messages[#messages] == 'Mallard: there is nothing to stop.'
      end)
    end,
  },
  {
    'an edit is applied, not written, and undone',
    function()
      at(6, 0, 'MallardGenerate', 'mallard.generate')
      eventually('the edit', function()
        return vim.fn.getline(7) == '    return a * b'
      end)
      same(program, vim.fn.readfile(folder .. '/one/calculator.py'))
      same(true, vim.bo.modified)
      vim.cmd('undo')
      same('    pass', vim.fn.getline(7))
    end,
  },
  {
    'a document is shown in a split',
    function()
      local windows = #vim.api.nvim_list_wins()
      at(2, 4, 'MallardExplain', 'mallard.explain')
      eventually('the explanation', function()
        return vim.fn.expand('%:t') == 'explanation.md' and vim.fn.line('.') == 3
      end)
      same({ '# add', '', 'It adds.' }, vim.api.nvim_buf_get_lines(0, 0, -1, false))
      if vim.fn.has('nvim-0.9') == 0 then
        same(windows + 1, #vim.api.nvim_list_wins())
      end
      eventually('an answer', function()
        return #received('response', 'window/showDocument') == 1
      end)
      same({ success = true }, received('response', 'window/showDocument')[1].result)
      open('one/calculator.py')
    end,
  },
  {
    'a translation is shown, and the language is passed on',
    function()
      local argument = at(2, 4, 'MallardTranslate javascript', 'mallard.translate')
      same('javascript', argument.language)
      eventually('the new file', function()
        return vim.fn.bufwinid(folder .. '/one/calculator.js') ~= -1
      end)
      same('calculator.py', vim.fn.expand('%:t'))
      same(0, vim.fn.getfsize(folder .. '/one/calculator.js') > 0 and 1 or 0)
      same({ 'java', 'javascript' }, vim.fn.getcompletion('MallardTranslate ja', 'cmdline'))
    end,
  },
  {
    'an error is said',
    function()
      messages = {}
      at(2, 4, 'MallardTests', 'mallard.writeTests')
      eventually('a message', function()
        return messages[1] == 'Mallard: there are no tests to be had'
      end)
    end,
  },
  {
    'vim.lsp.start is used where it is',
    function()
      local start = vim.lsp.start
      local used = {}
      vim.lsp.start = function(config, how)
        table.insert(used, { config.name, config.root_dir, how.bufnr })
        return nil
      end
      vim.cmd('bwipeout! ' .. folder .. '/two/third.py')
      open('two/third.py')
      vim.lsp.start = start
      same({ { 'mallard', folder .. '/two', vim.api.nvim_get_current_buf() } }, used)
    end,
  },
}

local failed = 0
for _, test in ipairs(tests) do
  local good, problem = xpcall(test[2], debug.traceback)
  io.stdout:write((good and 'passed: ' or 'FAILED: ') .. test[1] .. '\n')
  if not good then
    failed = failed + 1
    io.stdout:write(problem .. '\n')
  end
end
io.stdout:write(string.format('%d passed, %d failed\n', #tests - failed, failed))
vim.cmd(failed == 0 and 'qall!' or 'cquit')
