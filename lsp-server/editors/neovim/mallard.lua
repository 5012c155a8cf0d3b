-- Mallard's language server in Neovim 0.7.2 and later:
--
--   require('mallard').setup({ settings = { mallard = { model = 'qwen2.5-coder-7b' } } })
--
-- All of it is optional:
--   cmd           how the server is started; { 'mallard', 'lsp' }
--   settings      what the server asks for, in a table called mallard; docs/editors.md lists it
--   root_markers  files and folders that make a folder a workspace root
--   code_lens     false if no code lenses are to be shown
--   on_attach     a function that is called with the client and the buffer
--   capabilities  of the client, such as a completion plugin gives them

local M = {}

local api = vim.api
local filetypes = { 'python', 'java', 'javascript', 'sql' }
local options = {
  cmd = { 'mallard', 'lsp' },
  settings = {},
  root_markers = {
    '.git',
    'pyproject.toml',
    'setup.py',
    'package.json',
    'pom.xml',
    'build.gradle',
    'build.gradle.kts',
  },
  code_lens = true,
}

-- Buffer to identifier of the client
local attached = {}
-- Workspace root to identifier of the client, where there is no vim.lsp.start
local by_root = {}
-- Identifier of the client to the token of what is going on, and its title
local progress = {}
-- Identifier of the client to the identifiers of commands that have no answer yet
local pending = {}
local complained = false

local function notify(message, level)
  vim.notify('Mallard: ' .. message, level or vim.log.levels.INFO)
end

local methods = vim.fn.has('nvim-0.11') == 1

local function request(client, method, parameters, handler, buffer)
  if methods then
    return client:request(method, parameters, handler, buffer)
  end
  return client.request(method, parameters, handler, buffer)
end

local function tell(client, method, parameters)
  if methods then
    return client:notify(method, parameters)
  end
  return client.notify(method, parameters)
end

local function text(value)
  return type(value) == 'string' and value ~= '' and value or nil
end

local function client_of(buffer)
  local client = attached[buffer] and vim.lsp.get_client_by_id(attached[buffer])
  return client and client.initialized and client or nil
end

-- Code lenses

local function refresh_lenses(buffer)
  local client = client_of(buffer)
  if not options.code_lens or not client or not api.nvim_buf_is_loaded(buffer) then
    return
  end
  if vim.lsp.codelens.enable or not client.server_capabilities.codeLensProvider then
    return -- Neovim 0.12 refreshes them itself
  end
  local parameters = { textDocument = { uri = vim.uri_from_bufnr(buffer) } }
  -- Only of this client: vim.lsp.codelens.refresh would ask those of others too
  request(client, 'textDocument/codeLens', parameters, function(err, result, context, config)
    if not api.nvim_buf_is_loaded(buffer) then
      return
    end
    vim.lsp.codelens.on_codelens(err, result, context, config)
    if not err and (type(result) ~= 'table' or not next(result)) then
      local namespace = api.nvim_get_namespaces()['vim_lsp_codelens:' .. client.id]
      if namespace then
        api.nvim_buf_clear_namespace(buffer, namespace, 0, -1)
      end
    end
  end, buffer)
end

local function refresh_all_lenses(client_id)
  for buffer, id in pairs(attached) do
    if id == client_id then
      refresh_lenses(buffer)
    end
  end
end

-- What the server asks for

local function show_buffer(buffer)
  local window = vim.fn.bufwinid(buffer)
  if window == -1 then
    vim.cmd('split')
    window = api.nvim_get_current_win()
    api.nvim_win_set_buf(window, buffer)
    vim.bo[buffer].buflisted = true
  else
    api.nvim_set_current_win(window)
  end
  return window
end

local function show_document(_, result)
  if result.external == true or not vim.startswith(result.uri, 'file:') then
    return { success = false }
  end
  local before = api.nvim_get_current_win()
  local buffer = vim.uri_to_bufnr(result.uri)
  local loaded = api.nvim_buf_is_loaded(buffer)
  local window = show_buffer(buffer)
  if loaded and not vim.bo[buffer].modified then
    vim.cmd('silent! edit') -- The file may be another one by now
  end
  if type(result.selection) == 'table' then
    local line = math.min(result.selection.start.line + 1, api.nvim_buf_line_count(buffer))
    api.nvim_win_set_cursor(window, { line, 0 })
  end
  if result.takeFocus ~= true and api.nvim_win_is_valid(before) then
    api.nvim_set_current_win(before)
  end
  return { success = true }
end

-- Applies an edit, and shows the files that it changes
local function apply_edit(err, result, context, config)
  local response = vim.lsp.handlers['workspace/applyEdit'](err, result, context, config)
  local before = api.nvim_get_current_win()
  for _, change in ipairs(result and result.edit and result.edit.documentChanges or {}) do
    if change.textDocument then
      local buffer = vim.uri_to_bufnr(change.textDocument.uri)
      if api.nvim_buf_is_loaded(buffer) and vim.fn.bufwinid(buffer) == -1 then
        show_buffer(buffer)
      end
    end
  end
  api.nvim_set_current_win(before)
  return response
end

local function configuration(_, result)
  local answers = {}
  for _, item in ipairs(result.items or {}) do
    local value = options.settings
    for name in string.gmatch(text(item.section) or '', '[^.]+') do
      if type(value) == 'table' then
        value = value[name]
      else
        value = nil
      end
    end
    if value == nil then
      value = vim.NIL
    elseif type(value) == 'table' and not next(value) and item.section ~= 'mallard.feedback' then
      value = vim.empty_dict()
    end
    table.insert(answers, value)
  end
  return answers
end

local function show_progress(err, result, context, config)
  vim.lsp.handlers['$/progress'](err, result, context, config)
  local value = result and result.value
  if type(value) ~= 'table' or not value.kind then
    return
  end
  local running = progress[context.client_id] or {}
  progress[context.client_id] = running
  local title = running[result.token] or text(value.title) or ''
  if value.kind == 'end' then
    running[result.token] = nil
  else
    running[result.token] = title
  end
  local parts = { 'Mallard' }
  if title ~= '' then
    table.insert(parts, title)
  end
  local message = text(value.message) or (value.kind == 'end' and 'done')
  if message then
    table.insert(parts, message)
  end
  local line = table.concat(parts, ': '):gsub('%s+', ' ')
  if type(value.percentage) == 'number' then
    line = string.format('%s (%d%%)', line, value.percentage)
  end
  -- A line that does not fit would wait for a key
  local room = math.max(vim.o.columns - 14, 10)
  if vim.fn.strdisplaywidth(line) > room then
    line = vim.fn.strcharpart(line, 0, room - 3) .. '...'
  end
  api.nvim_echo({ { line } }, false, {})
end

local function handlers()
  local all = {
    ['workspace/configuration'] = configuration,
    ['workspace/applyEdit'] = apply_edit,
    ['$/progress'] = show_progress,
  }
  if not vim.lsp.codelens.enable then
    all['workspace/codeLens/refresh'] = function(_, _, context)
      refresh_all_lenses(context.client_id)
      return vim.NIL
    end
  end
  if not vim.lsp.handlers['window/showDocument'] then
    all['window/showDocument'] = show_document
  end
  return all
end

local function capabilities()
  local all = vim.lsp.protocol.make_client_capabilities()
  return vim.tbl_deep_extend('force', all, options.capabilities or {}, {
    window = { workDoneProgress = true, showDocument = { support = true } },
    workspace = { configuration = true, codeLens = { refreshSupport = true } },
  })
end

-- Starting

local function root_of(path)
  local folder = vim.fn.fnamemodify(path, ':p:h')
  local parent = folder
  while true do
    for _, marker in ipairs(options.root_markers) do
      if (vim.uv or vim.loop).fs_stat(parent .. '/' .. marker) then
        return parent
      end
    end
    local above = vim.fn.fnamemodify(parent, ':h')
    if above == parent then
      break
    end
    parent = above
  end
  -- The server holds a model: as few as possible
  local current = vim.fn.getcwd()
  return vim.startswith(folder .. '/', current .. '/') and current or folder
end

local function on_attach(client, buffer)
  attached[buffer] = client.id
  if options.code_lens and vim.lsp.codelens.enable then
    vim.lsp.codelens.enable(true, { bufnr = buffer })
  else
    refresh_lenses(buffer)
  end
  if options.on_attach then
    options.on_attach(client, buffer)
  end
end

local function on_exit(code, signal, client_id)
  progress[client_id] = nil
  pending[client_id] = nil
  for buffer, id in pairs(attached) do
    if id == client_id then
      attached[buffer] = nil
    end
  end
  for root, id in pairs(by_root) do
    if id == client_id then
      by_root[root] = nil
    end
  end
  if code ~= 0 and signal == 0 then
    vim.schedule(function()
      notify(
        'the language server ended with exit code '
          .. code
          .. '; see '
          .. require('vim.lsp.log').get_filename(),
        vim.log.levels.WARN
      )
    end)
  end
end

local function attach(buffer)
  local path = api.nvim_buf_get_name(buffer)
  if
    attached[buffer]
    or path == ''
    or path:match('^%a[%w+.-]+://')
    or vim.bo[buffer].buftype ~= ''
    or not vim.tbl_contains(filetypes, vim.bo[buffer].filetype)
  then
    return
  end
  if type(options.cmd) == 'table' and vim.fn.executable(options.cmd[1]) ~= 1 then
    if not complained then
      complained = true
      notify(
        options.cmd[1] .. ' is not found; put it on the PATH, or name it in cmd of setup.',
        vim.log.levels.ERROR
      )
    end
    return
  end
  local root = root_of(path)
  local config = {
    name = 'mallard',
    cmd = options.cmd,
    root_dir = root, -- And no workspace_folders: Neovim 0.10 knows a root by the name of its folder
    settings = next(options.settings) and options.settings or vim.empty_dict(),
    handlers = handlers(),
    capabilities = capabilities(),
    on_attach = on_attach,
    on_exit = on_exit,
  }
  if vim.lsp.start then
    attached[buffer] = vim.lsp.start(config, { bufnr = buffer })
    return
  end
  local id = by_root[root]
  if not id or not vim.lsp.get_client_by_id(id) then
    id = vim.lsp.start_client(config)
    by_root[root] = id
  end
  if id then
    attached[buffer] = id
    vim.lsp.buf_attach_client(buffer, id)
  end
end

-- Commands

local function before_or_at(line, character, other_line, other_character)
  return line < other_line or (line == other_line and character <= other_character)
end

-- Whether the cursor is in a range, which begins and ends with its lines where nothing else is in
-- them
local function contains(range, position, buffer)
  local function line(number)
    return api.nvim_buf_get_lines(buffer, number, number + 1, false)[1] or ''
  end
  local start, last = range.start, range['end']
  local first_character = start.character
  if line(start.line):sub(1, first_character):match('^%s*$') then
    first_character = 0
  end
  local last_character = last.character
  if line(last.line):sub(last_character + 1):match('^%s*$') then
    last_character = math.huge
  end
  return before_or_at(start.line, first_character, position.line, position.character)
    and before_or_at(position.line, position.character, last.line, last_character)
end

local function innermost(symbols, position, buffer)
  for _, symbol in ipairs(type(symbols) == 'table' and symbols or {}) do
    local range = symbol.range or (symbol.location and symbol.location.range)
    if range and contains(range, position, buffer) then
      return innermost(symbol.children, position, buffer) or symbol
    end
  end
  return nil
end

local function execute(command, language)
  local buffer = api.nvim_get_current_buf()
  local client = client_of(buffer)
  if not client then
    notify('the language server is not running for this file.', vim.log.levels.WARN)
    return
  end
  local position =
    vim.lsp.util.make_position_params(0, client.offset_encoding or 'utf-16').position
  local document = { uri = vim.uri_from_bufnr(buffer) }
  local function failed(err)
    if err and err.code ~= -32800 then -- RequestCancelled
      notify(text(err.message) or vim.inspect(err), vim.log.levels.ERROR)
    end
    return err
  end
  request(client, 'textDocument/documentSymbol', { textDocument = document }, function(err, symbols)
    if failed(err) then
      return
    end
    local symbol = innermost(symbols, position, buffer)
    if not symbol then
      notify('there is no function under the cursor.', vim.log.levels.WARN)
      return
    end
    local argument = {
      uri = document.uri,
      problem = text(symbol.detail) or symbol.name,
      language = language,
    }
    local commands = pending[client.id] or {}
    pending[client.id] = commands
    local id
    local _, sent = request(
      client,
      'workspace/executeCommand',
      { command = command, arguments = { argument } },
      function(problem)
        if id then
          commands[id] = nil
        end
        failed(problem)
        refresh_all_lenses(client.id)
      end,
      buffer
    )
    id = sent
    if id then
      commands[id] = true
    end
  end, buffer)
end

local function stop()
  local stopped = false
  for client_id, tokens in pairs(progress) do
    local client = vim.lsp.get_client_by_id(client_id)
    for token in pairs(client and tokens or {}) do
      tell(client, 'window/workDoneProgress/cancel', { token = token })
      stopped = true
    end
  end
  for client_id, commands in pairs(pending) do
    local client = vim.lsp.get_client_by_id(client_id)
    for id in pairs(client and commands or {}) do
      tell(client, '$/cancelRequest', { id = id })
      stopped = true
    end
    pending[client_id] = nil -- Neovim does not hand on the answer to what was cancelled
  end
  if not stopped then
    notify('there is nothing to stop.')
  end
end

local function define_commands()
  local commands = {
    MallardRun = { 'mallard.runTests', 'Run the tests of the function under the cursor' },
    MallardDebug = { 'mallard.debug', 'Repair the function under the cursor until its tests pass' },
    MallardGenerate = { 'mallard.generate', 'Write the body of the function under the cursor' },
    MallardExplain = { 'mallard.explain', 'Explain the function under the cursor' },
    MallardTests = { 'mallard.writeTests', 'Write tests for the function under the cursor' },
    MallardTranscript = { 'mallard.showTranscript', 'Show how the function was written' },
  }
  for name, command in pairs(commands) do
    api.nvim_create_user_command(name, function()
      execute(command[1])
    end, { desc = command[2] })
  end
  api.nvim_create_user_command('MallardTranslate', function(arguments)
    execute('mallard.translate', arguments.args)
  end, {
    nargs = 1,
    complete = function(start)
      return vim.tbl_filter(function(language)
        return vim.startswith(language, start)
      end, { 'java', 'javascript', 'python' })
    end,
    desc = 'Translate the function under the cursor',
  })
  api.nvim_create_user_command('MallardStop', stop, { desc = 'Stop what Mallard is doing' })
end

function M.setup(changes)
  for name, value in pairs(changes or {}) do
    options[name] = value
  end
  define_commands()
  local group = api.nvim_create_augroup('mallard', { clear = true })
  api.nvim_create_autocmd({ 'FileType', 'BufWritePost' }, {
    group = group,
    callback = function(event)
      attach(event.buf)
    end,
  })
  api.nvim_create_autocmd({ 'BufEnter', 'InsertLeave', 'BufWritePost' }, {
    group = group,
    callback = function(event)
      refresh_lenses(event.buf)
    end,
  })
  api.nvim_create_autocmd({ 'BufUnload', 'BufDelete' }, {
    group = group,
    callback = function(event)
      attached[event.buf] = nil
    end,
  })
  for _, buffer in ipairs(api.nvim_list_bufs()) do
    if api.nvim_buf_is_loaded(buffer) then
      attach(buffer)
    end
  end
end

return M
