-- A complete application, underwritten, with a new customer each time: four documents and four entries of the ledger.
-- Environment: DIANZHANG_TOKEN; DIANZHANG_AGENT, a qualified agent's number; DIANZHANG_DAY, a day on which he was qualified.
local headers = { ["Authorization"] = "Bearer " .. os.getenv("DIANZHANG_TOKEN"), ["Content-Type"] = "application/json" }
local number = os.time() % 1000000 * 1000
local weights = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 }
local regions = { "110105", "310104", "320102", "330106", "420106", "440106", "510107", "610102" }

local function resident(n)
  local date = string.format("19%02d%02d%02d", 50 + n % 49, 1 + math.floor(n / 49) % 12, 1 + math.floor(n / 588) % 28)
  local body = regions[1 + math.floor(n / 16464) % #regions] .. date .. string.format("%03d", 1 + math.floor(n / 131712) % 499 * 2)
  local sum = 0
  for i = 1, 17 do sum = sum + weights[i] * tonumber(body:sub(i, i)) end
  return body .. ("10X98765432"):sub(sum % 11 + 1, sum % 11 + 1), date:sub(1, 4) .. "-" .. date:sub(5, 6) .. "-" .. date:sub(7, 8)
end

local text = '{"applicationNo":"B%d","productClass":"life","term":"20","applicationDate":"%s","agentNo":"%s","channel":"individual",'
  .. '"isCheckedByAgent":true,"persons":[{"role":"applicant","name":"张三丰","sex":"M","birthDate":"%s","documentType":"resident-id",'
  .. '"documentNumber":"%s","mobile":"139%08d","address":"上海市浦东新区中山路100号1栋101室"}]}'

function request()
  number = number + 1
  local document, birth = resident(number)
  local body = text:format(number, os.getenv("DIANZHANG_DAY"), os.getenv("DIANZHANG_AGENT"), birth, document, number % 100000000)
  return wrk.format("POST", "/api/v1/application", headers, body)
end
