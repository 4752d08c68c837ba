-- What customers do in the portal once they are inside: the page with their policies, or one of them looked at. Each visit in turn.
-- Environment: DIANZHANG_VISITS, a file with a line each: cookie, word of the form, policy, scope; DIANZHANG_DEED, `page` or `view`.
local visits, deed, number = {}, os.getenv("DIANZHANG_DEED"), 0
for line in io.lines(os.getenv("DIANZHANG_VISITS")) do
  local cookie, csrf, policy, scope = line:match("^(%S+) (%S+) (%S+) (%S+)$")
  local headers = { ["Cookie"] = cookie, ["Content-Type"] = "application/x-www-form-urlencoded", ["Sec-Fetch-Site"] = "same-origin" }
  local body = string.format("do=view&csrf=%s&policy=%s&scope=%s", csrf, policy, scope)
  visits[#visits + 1] = { headers = headers, body = body }
end

function request()
  local visit = visits[number % #visits + 1]
  number = number + 1
  if deed == "view" then return wrk.format("POST", "/portal", visit.headers, visit.body) end
  return wrk.format("GET", "/portal", { ["Cookie"] = visit.headers["Cookie"] })
end
