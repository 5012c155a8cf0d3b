-- What a user of Neovim does: opens a file with a stub, sees the failing test, has the body written, undoes it. Each step
-- that went well is a line in the file RESULT; NeovimTest starts this and reads it.

local function read(path)
  local file = assert(io.open(path))
  local content = file:read('a')
  file:close()
  return content
end

local steps = assert(io.open(vim.env.RESULT, 'w'))

local function step(text)
  steps:write(text .. '\n')
  steps:flush()
end

local function finish(problem)
  if problem then
    step('failed: ' .. problem)
  end
  steps:close()
  vim.cmd(problem and 'cquit' or 'qall!')
end

local function wait(what, condition)
  if not vim.wait(tonumber(vim.env.WAIT_MILLIS or '60000'), condition, 50) then
    error('waited in vain for ' .. what)
  end
end

local function buffer_text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n') .. '\n'
end

local ok, problem = pcall(function()
  vim.cmd('filetype on')
  dofile(vim.env.CLIENT).setup({ cmd = vim.fn.json_decode(read(vim.env.COMMAND)) })
  local before = read(vim.env.FILE)
  vim.cmd('edit ' .. vim.env.FILE)

  wait('a diagnostic', function()
    return #vim.diagnostic.get(0) > 0
  end)
  local diagnostic = vim.diagnostic.get(0)[1]
  step(string.format('diagnostic on line %d: %s', diagnostic.lnum + 1, diagnostic.message))

  wait('lenses', function()
    return #vim.lsp.codelens.get(0) > 0
  end)
  local titles = {}
  for _, lens in ipairs(vim.lsp.codelens.get(0)) do
    table.insert(titles, lens.command.title)
  end
  step('lenses: ' .. table.concat(titles, ', '))

  -- The user chooses the first action that is offered on the stub.
  vim.ui.select = function(items, options, choose)
    local chosen = items[1]
    step('action: ' .. options.format_item(chosen):gsub('^%d+: ', ''))
    choose(chosen)
  end
  vim.api.nvim_win_set_cursor(0, { 3, 4 })
  vim.lsp.buf.code_action()
  wait('the body', function()
    return buffer_text() ~= before
  end)
  step('body: ' .. vim.api.nvim_buf_get_lines(0, 2, 3, false)[1])
  if read(vim.env.FILE) == before then
    step('the file on disk is as it was')
  end

  vim.cmd('silent write')
  wait('no diagnostics', function()
    return #vim.diagnostic.get(0) == 0
  end)
  step('no diagnostics after saving')

  vim.cmd('silent undo')
  if buffer_text() == before then
    step('undone')
  end
  step('done')
end)

finish(not ok and problem or nil)
