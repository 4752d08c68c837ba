-- A single durable act: an agent is registered, one document with sealed personal data, under a number that the book does not have.
-- Environment: DIANZHANG_CLERK_TOKEN, of somebody who registers agents; DIANZHANG_TEAM, the id of the agent's team; DIANZHANG_SHARE, which
-- of several that run at once this is.
local headers = { ["Authorization"] = "Bearer " .. os.getenv("DIANZHANG_CLERK_TOKEN"), ["Content-Type"] = "application/json" }
local number = os.time() % 100000 * 100000 + tonumber(os.getenv("DIANZHANG_SHARE") or 0) * 33333
local text = '{"agentNo":"N%d","name":"张三丰","channel":"individual","team":"%s","phone":"138%08d",'
  .. '"address":"上海市浦东新区中山路100号01栋0101室"}'

function request()
  number = number + 1
  return wrk.format("POST", "/api/v1/agent", headers, text:format(number, os.getenv("DIANZHANG_TEAM"), number % 100000000))
end
