-- lambdalint in Neovim. Put this file into ~/.config/nvim/plugin/. It needs `pip install "lambdalint[server]"`.
-- Neovim 0.11 and later ask for what is found; 0.7 to 0.10 are sent it.

local command = { vim.g.lambdalint or 'lambdalint', 'server' }
local kinds = { 'python', 'yaml', 'json', 'toml', 'terraform', 'dockerfile' }
local markers = {
  'lambdalint.toml', '.lambdalint.toml', 'template.yaml', 'template.yml', 'serverless.yml', 'cdk.json', 'pyproject.toml', '.git',
}

if vim.lsp.config then
  vim.lsp.config('lambdalint', { cmd = command, filetypes = kinds, root_markers = markers })
  vim.lsp.enable('lambdalint')
  return
end

local clients = {}

-- The nearest folder above a file that has one of the markers, or its own.
local function root_of(file)
  local own = vim.fn.fnamemodify(file, ':p:h')
  local folder = own
  while true do
    for _, name in ipairs(markers) do
      if vim.fn.glob(folder .. '/' .. name) ~= '' then
        return folder
      end
    end
    local above = vim.fn.fnamemodify(folder, ':h')
    if above == folder then
      return own
    end
    folder = above
  end
end

vim.api.nvim_create_autocmd('FileType', {
  pattern = kinds,
  callback = function(args)
    local root = root_of(vim.api.nvim_buf_get_name(args.buf))
    local client = clients[root]
    if client == nil or vim.lsp.get_client_by_id(client) == nil then
      client = vim.lsp.start_client({
        name = 'lambdalint',
        cmd = command,
        root_dir = root,
        workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
      })
      clients[root] = client
    end
    if client ~= nil then
      vim.lsp.buf_attach_client(args.buf, client)
    end
  end,
})
