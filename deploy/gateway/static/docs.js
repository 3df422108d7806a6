// Shows the OpenAPI description of each service; no library, so the page runs under the gateway's own policy.
const services = ["identity", "catalog", "submission", "signing", "notify"];
const methods = ["get", "post", "put", "patch", "delete"];

function element(name, text, more = {}) {
  const made = Object.assign(document.createElement(name), more);
  if (text !== undefined) made.textContent = text;
  return made;
}

function resolve(description, schema, depth = 0) {
  if (!schema || typeof schema !== "object" || depth > 6) return schema;
  if (schema.$ref) {
    const found = schema.$ref.split("/").slice(1).reduce((at, key) => at?.[key], description);
    return resolve(description, found, depth + 1);
  }
  if (Array.isArray(schema)) return schema.map((part) => resolve(description, part, depth + 1));
  const plain = {};
  for (const [key, value] of Object.entries(schema)) plain[key] = resolve(description, value, depth + 1);
  return plain;
}

function parameters(list) {
  const table = element("table");
  for (const one of list) {
    const row = element("tr");
    row.append(element("td", one.name), element("td", one.in), element("td", one.required ? "bắt buộc" : ""));
    row.append(element("td", one.description ?? ""));
    table.append(row);
  }
  return table;
}

function schemas(title, content, description) {
  const [type, body] = Object.entries(content ?? {})[0] ?? [];
  if (!type) return [];
  const shown = JSON.stringify(resolve(description, body.schema), null, 2);
  return [element("h4", `${title} (${type})`), element("pre", shown)];
}

function operation(description, path, method, about) {
  const box = element("details");
  const head = element("summary");
  head.append(element("b", method.toUpperCase()), element("code", path), ` ${about.summary ?? ""}`);
  box.append(head);
  box.addEventListener("toggle", () => {
    if (!box.open || box.childElementCount > 1) return;
    const body = element("div", undefined, { className: "body" });
    if (about.description) body.append(element("p", about.description));
    if (about.parameters?.length) body.append(parameters(about.parameters.map((one) => resolve(description, one))));
    body.append(...schemas("Nội dung gửi", about.requestBody?.content, description));
    for (const [status, answer] of Object.entries(about.responses ?? {})) {
      body.append(...schemas(`Trả lời ${status}`, answer.content, description));
    }
    box.append(body);
  });
  return box;
}

async function show(service) {
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#${service}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const main = document.querySelector("#operations");
  const answer = await fetch(`/api/openapi/${service}.json`);
  if (!answer.ok) {
    main.replaceChildren(element("p", "Chưa có mô tả của dịch vụ này."));
    return;
  }
  const description = await answer.json();
  const file = element("p");
  file.append(element("a", `Tệp OpenAPI của ${service}`, { href: `/api/openapi/${service}.json` }));
  const boxes = Object.entries(description.paths ?? {}).flatMap(([path, item]) =>
    methods.filter((method) => item[method]).map((method) => operation(description, path, method, item[method])),
  );
  main.replaceChildren(file, ...boxes);
  narrow();
}

function narrow() {
  const wanted = document.querySelector("#filter").value.toLowerCase();
  for (const box of document.querySelectorAll("details")) {
    box.hidden = !box.firstElementChild.textContent.toLowerCase().includes(wanted);
  }
}

const nav = document.querySelector("#services");
nav.append(...services.map((name) => element("a", name, { href: `#${name}` })));
addEventListener("hashchange", () => show(location.hash.slice(1) || services[0]));
document.querySelector("#filter").addEventListener("input", narrow);
show(services.includes(location.hash.slice(1)) ? location.hash.slice(1) : services[0]);
