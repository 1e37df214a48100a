-- What a user of Neovim does in a document, without the user: prints one JSON object.
local file = vim.env.VIRTLINT_FILE

local function wait_for(what, condition)
  if not vim.wait(20000, condition, 50) then
    io.stderr:write('no ' .. what .. '\n')
    vim.cmd('cquit 1')
  end
end

--- The answers of all servers to a question about the place where `text` stands.
local function ask(method, text, more)
  vim.fn.cursor(1, 1)
  vim.fn.search('\\V' .. text)
  local params = vim.tbl_extend('force', vim.lsp.util.make_position_params(), more or {})
  for _, answer in pairs(vim.lsp.buf_request_sync(0, method, params, 20000) or {}) do
    return answer.result
  end
end

vim.cmd('edit ' .. vim.fn.fnameescape(file))
wait_for('diagnostics', function() return #vim.diagnostic.get(0) > 0 end)

local errors = vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR })
local hover = ask('textDocument/hover', "cache=")
local completion = ask('textDocument/completion', "qcow2' cache")
local range = vim.lsp.util.make_range_params()
local wrong = errors[1].user_data.lsp
range.range = {
  start = { line = errors[1].lnum, character = errors[1].col },
  ['end'] = { line = errors[1].end_lnum, character = errors[1].end_col },
}
range.context = {
  diagnostics = { { range = range.range, message = errors[1].message, code = wrong and wrong.code, severity = 1 } },
}
local actions = ask('textDocument/codeAction', 'dev', range)
for _, action in ipairs(actions) do
  if action.isPreferred then vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16') break end
end

io.stdout:write(vim.json and vim.json.encode({
  errors = vim.tbl_map(function(one) return one.message end, errors),
  hover = hover.contents.value,
  completion = vim.tbl_map(function(item) return item.label end, completion.items or completion),
  text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n'),
}))
vim.cmd('qall!')
