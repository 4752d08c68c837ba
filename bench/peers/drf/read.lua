-- GET /customers/N for a random N. Environment: DRF_COUNT, how many customers there are.
local count = tonumber(os.getenv("DRF_COUNT"))
local headers = { ["Authorization"] = "Token " .. string.rep("t", 40) }
function request()
  return wrk.format("GET", "/customers/" .. math.random(1, count), headers)
end
