-- Runs before every other filter: what a client may not say of itself is taken away, and a request that a
-- foreign page could have caused is refused. {{…}} are filled in when the stack is rendered.
local PORTALS = { {{portals}} }
local SESSION = "{{cookie}}"
-- Changes of accounts, units and the like, where they have a door of their own; its port, else "".
local ADMINISTRATION = { {{administration}} }
local ADMINISTRATION_PORT = "{{administration_port}}"
local SAFE = { GET = true, HEAD = true, OPTIONS = true }

-- The words of a refusal are with the gateway's other answers (local_reply_config): they go by this header.
local function refuse(handle, status, code)
  handle:headers():replace("x-reporting-refusal", code)
  handle:respond({ [":status"] = status }, "")
end

-- Is one of the session's own cookies there? Other cookies of this host don't count.
local function has_session(cookies)
  return cookies ~= nil and (";" .. cookies:gsub("%s", "")):find(";" .. SESSION, 1, true) ~= nil
end

local function is_administration(path)
  for _, start in ipairs(ADMINISTRATION) do
    local rest = path:sub(1, #start) == start and path:sub(#start + 1, #start + 1)
    if rest and (rest == "" or rest:find("[/:?]")) then return true end
  end
  return false
end

-- Only the login pages need cookies behind the gateway, and never the session's.
local function without_session(cookies)
  local kept = {}
  for pair in cookies:gmatch("[^;]+") do
    local trimmed = pair:match("^%s*(.-)%s*$")
    if trimmed:sub(1, #SESSION) ~= SESSION then kept[#kept + 1] = trimmed end
  end
  return table.concat(kept, "; ")
end

function envoy_on_request(handle)
  local headers = handle:headers()
  local forged = {}
  for name, _ in pairs(headers) do
    if name:find("^x%-reporting%-") or name:find("^x%-auth%-") or name:find("^x%-jwt%-")
      or name:find("^x%-account%-") or name:find("^x%-user") or name:find("^x%-remote%-")
      or name == "x-forwarded-user" or name == "forwarded" or name == "x-forwarded-host" then
      forged[#forged + 1] = name
    end
  end
  for _, name in ipairs(forged) do headers:remove(name) end

  -- A calendar program's secret goes on as a header: traces and logs hold the path.
  local feed, query = (headers:get(":path") or ""):match("^(/api/catalog/v1/feeds/deadlines%.ics)%?(.*)$")
  if feed then
    headers:replace(":path", feed)
    local key = ("&" .. query):match("&key=([%w_-]+)")
    if key then headers:replace("x-reporting-feed-key", key) end
  end

  -- The address as this gateway saw it, not as the client tells it.
  local address = handle:streamInfo():downstreamDirectRemoteAddress()
  headers:replace("x-forwarded-for", (address:gsub(":%d+$", "")))

  local path = headers:get(":path") or "/"
  local method = headers:get(":method") or "GET"
  local cookies = headers:get("cookie")
  local session = has_session(cookies)
  local bearer = headers:get("authorization") ~= nil

  if path:sub(1, 6) == "/auth/" then
    if session then
      local kept = without_session(cookies)
      if kept == "" then headers:remove("cookie") else headers:replace("cookie", kept) end
    end
    return
  end
  if session and bearer then
    refuse(handle, "400", "two_credentials")
    return
  end
  if session and not SAFE[method] and not PORTALS[headers:get("origin") or ""] then
    refuse(handle, "403", "foreign_origin")
    return
  end
  if ADMINISTRATION_PORT ~= "" and not SAFE[method] and is_administration(path)
    and handle:streamInfo():downstreamLocalAddress():match(":(%d+)$") ~= ADMINISTRATION_PORT then
    refuse(handle, "403", "administration_elsewhere")
    return
  end
  headers:replace("x-reporting-channel", bearer and "program" or "portal")
end
