-- The mixed work of an office, each request drawn at random by its weight. {number} stands for a number that the book does not have yet.
-- Environment: DIANZHANG_REQUESTS, a file with a line each, parted by tabs: weight, method, path, "Cookie" or "Authorization" and its
-- word, the body's type, the body; DIANZHANG_DONE, a file for how many were sent, which is kept up meanwhile.
local requests, sums, total = {}, {}, 0
for line in io.lines(os.getenv("DIANZHANG_REQUESTS")) do
  local weight, method, path, door, word, kind, body = line:match("^(%S+)\t(%S+)\t(%S+)\t(%S+)\t([^\t]+)\t([^\t]*)\t(.*)$")
  local headers = { [door] = word, ["Sec-Fetch-Site"] = "same-origin" }
  if kind ~= "" then headers["Content-Type"] = kind end
  total = total + tonumber(weight)
  sums[#sums + 1] = total
  -- What says the same each time is written once.
  local isNew = body:find("{number}", 1, true)
  local text = not isNew and wrk.format(method, path, headers, body ~= "" and body or nil)
  requests[#requests + 1] = { text = text, method = method, path = path, headers = headers, body = body }
end
local sent, number = 0, 20000000

local function drawn()
  local place, low, high = math.random() * total, 1, #sums
  while low < high do
    local middle = math.floor((low + high) / 2)
    if sums[middle] < place then low = middle + 1 else high = middle end
  end
  return requests[low]
end

local function tell()
  local file = io.open(os.getenv("DIANZHANG_DONE"), "w")
  file:write(sent, "\n")
  file:close()
end

function request()
  sent = sent + 1
  if sent % 500 == 0 then tell() end
  local one = drawn()
  if one.text then return one.text end
  number = number + 1
  return wrk.format(one.method, one.path, one.headers, (one.body:gsub("{number}", tostring(number))))
end
