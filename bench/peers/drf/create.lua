-- POST /customers with numbers that the database does not have. Environment: DRF_FOLDER.
local keys = {}
for line in io.lines(os.getenv("DRF_FOLDER") .. "/keys.csv") do
  local document, mobile, account = line:match("([^,]+),(%d+),(%d+)")
  keys[#keys + 1] = { document, mobile, account }
end
local headers = { ["Authorization"] = "Token " .. string.rep("t", 40), ["Content-Type"] = "application/json" }
local body = '{"name":"张三丰","sex":"M","birth_date":"1980-02-03","document_number":"%s","mobile":"%s","bank_account":"%s",'
  .. '"address":"上海市浦东新区中山路100号01栋0101室","agent_no":"A000001","note":"投保人提交身份证复印件"}'
function request()
  local key = keys[math.random(#keys)]
  return wrk.format("POST", "/customers", headers, body:format(key[1], key[2], key[3]))
end
