-- An audited read of a random customer, its sealed fields opened for a stated purpose.
-- Environment: DIANZHANG_TOKEN; DIANZHANG_CUSTOMERS, a file with one id a line.
local ids = {}
for line in io.lines(os.getenv("DIANZHANG_CUSTOMERS")) do ids[#ids + 1] = line end
local headers = { ["Authorization"] = "Bearer " .. os.getenv("DIANZHANG_TOKEN"), ["Content-Type"] = "application/json" }
function request()
  return wrk.format("POST", "/api/v1/customer/" .. ids[math.random(#ids)] .. "/reveal", headers, '{"purpose":"bench"}')
end
