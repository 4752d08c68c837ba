-- One answer of a test, as the page without a script posts it: each sitter in turn, question by question, another answer each time.
-- Environment: DIANZHANG_SITTERS, a file with a line each: cookie, word of the form, address of the sheet, answers so far (0 for none).
local sitters = {}
for line in io.lines(os.getenv("DIANZHANG_SITTERS")) do
  local cookie, csrf, path, saved = line:match("^(%S+) (%S+) (%S+) (%S+)$")
  local answers = {}
  for answer in saved:gmatch("%d+") do answers[#answers + 1] = tonumber(answer) end
  local headers = { ["Cookie"] = cookie, ["Content-Type"] = "application/x-www-form-urlencoded", ["Sec-Fetch-Site"] = "same-origin" }
  sitters[#sitters + 1] = { headers = headers, csrf = csrf, path = path, answers = answers }
end
local number = 0

function request()
  local sitter = sitters[number % #sitters + 1]
  local serial = math.floor(number / #sitters) % #sitter.answers + 1
  number = number + 1
  local was = sitter.answers[serial]
  local chosen = was == 1 and 2 or 1
  sitter.answers[serial] = chosen
  local body = string.format("csrf=%s&was%d=%s&q%d=%d", sitter.csrf, serial, was == 0 and "" or was, serial, chosen)
  return wrk.format("POST", sitter.path, sitter.headers, body)
end
