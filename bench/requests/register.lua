-- A page of a register, as somebody who is logged in opens it.
-- Environment: DIANZHANG_COOKIE, DIANZHANG_PATH.
local headers = { ["Cookie"] = os.getenv("DIANZHANG_COOKIE") }
function request() return wrk.format("GET", os.getenv("DIANZHANG_PATH"), headers) end
