-- A session of Neovim without a screen: wait for what is found in the file that is open, write it down, apply the first
-- fix, wait until nothing is found any more, and write down the text.

local target = vim.env.LAMBDALINT_TEST_OUT
local found = {}

local function finish(more)
  local file = io.open(target, 'w')
  file:write(vim.fn.json_encode(vim.tbl_extend('force', { version = vim.fn.execute('version') }, more)))
  file:close()
  vim.cmd('qall!')
end

local function diagnostics()
  return vim.diagnostic.get(0)
end

vim.defer_fn(function()
  if not vim.wait(20000, function() return #diagnostics() > 0 end, 20) then
    return finish({ failed = 'nothing was found', messages = vim.fn.execute('messages') })
  end
  for _, one in ipairs(diagnostics()) do
    table.insert(found, { code = one.code, row = one.lnum, first = one.col, last = one.end_col, message = one.message })
  end
  local one = diagnostics()[1]
  local clients = vim.lsp.get_clients and vim.lsp.get_clients() or vim.lsp.get_active_clients()
  local client = clients[1]
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(),
    range = one.user_data.lsp.range or {
      start = { line = one.lnum, character = one.col }, ['end'] = { line = one.end_lnum, character = one.end_col },
    },
    context = { diagnostics = {} },
  }
  local answer = client.request_sync('textDocument/codeAction', params, 20000, 0)
  local action = answer.result[1]
  vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
  local clean = vim.wait(20000, function() return #diagnostics() == 0 end, 20)
  finish({
    found = found,
    pulls = client.server_capabilities.diagnosticProvider ~= nil and vim.lsp.diagnostic.on_diagnostic ~= nil,
    encoding = client.offset_encoding,
    title = action.title,
    clean = clean,
    text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n') .. '\n',
  })
end, 50)
