-- A single durable act: one complete application with its applicant, by the HTTP API. Environment: DIANZHANG_TOKEN.
local headers = { ["Authorization"] = "Bearer " .. os.getenv("DIANZHANG_TOKEN"), ["Content-Type"] = "application/json" }
local number = os.time() * 1000000
function request()
  number = number + 1
  local body = string.format('{"application_no":"B%d","reason":"bench"}', number)
  return wrk.format("POST", "/api/application", headers, body)
end
