// Makes the pages handier. Every page works without it.
"use strict";

// Ctrl K goes to the search.
addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    const search = document.querySelector(".find input");
    if (search) { event.preventDefault(); search.focus(); search.select(); }
  }
});

// What is wrong is read first.
document.querySelector("[data-focus]")?.focus();

// A form that was typed into is not left by accident, and not sent twice.
let typed = false;
document.addEventListener("input", (event) => { if (event.target.closest("[data-guard]")) typed = true; });
addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
document.addEventListener("submit", (event) => {
  const form = event.target;
  // A download leaves the page as it is, and may be wanted again.
  if (form.matches("[data-download]")) {
    const before = typed;
    typed = false;
    setTimeout(() => { typed = before; }, 1000);
    return;
  }
  typed = false;
  if (form.method !== "post" || form.dataset.sent) { if (form.dataset.sent) event.preventDefault(); return; }
  if (form.matches("[data-progress]")) return sendWithProgress(event);
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 8000);
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

// One more row in the lines of a form, without asking the server.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=more]");
  const lines = button?.closest("[data-lines]");
  const last = lines && [...lines.querySelectorAll(":scope > .line")].pop();
  if (!last) return;
  event.preventDefault();
  const row = last.cloneNode(true);
  const key = lines.dataset.lines + ".";
  const next = lines.querySelectorAll(":scope > .line").length;
  for (const element of row.querySelectorAll("*")) {
    for (const name of ["id", "name", "for", "aria-describedby"]) {
      const value = element.getAttribute(name);
      if (value?.includes(key)) element.setAttribute(name, value.replace(/(\.|^)(\d+)\./, (all, dot) => `${dot}${next}.`));
    }
    element.removeAttribute("aria-invalid");
    if (element.matches(".wrong, [data-was]")) element.remove();
    else if (element.matches("input:not([type=checkbox]):not([type=radio]), textarea")) element.value = "";
    else if (element.matches("select")) element.selectedIndex = 0;
    else if (element.matches("input")) element.checked = false;
  }
  row.querySelector("[data-row]").textContent = next + 1;
  last.after(row);
  row.querySelector("input, select, textarea")?.focus();
});

// How far an upload has come.
function sendWithProgress(event) {
  const form = event.target;
  const bar = form.querySelector("progress");
  if (!bar || !window.XMLHttpRequest) return;
  event.preventDefault();
  const data = new FormData(form, event.submitter);
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", (step) => { bar.hidden = false; bar.max = step.total; bar.value = step.loaded; });
  request.addEventListener("load", () => {
    if (request.responseURL && new URL(request.responseURL).pathname !== location.pathname) { location.href = request.responseURL; return; }
    // Written into the page as it stands: this script must not run a second time.
    const answer = new DOMParser().parseFromString(request.responseText, "text/html");
    document.title = answer.title;
    document.body.replaceWith(answer.body);
    document.querySelector("[data-focus]")?.focus();
  });
  request.addEventListener("error", () => { bar.hidden = true; form.removeAttribute("data-progress"); form.requestSubmit(event.submitter); });
  request.open("POST", form.action);
  request.send(data);
}

// A piece of the page that changes by itself is fetched until it asks no more.
async function poll(element) {
  await new Promise((done) => setTimeout(done, 1000));
  try {
    const answer = await fetch(element.dataset.poll, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const holder = document.createElement("div");
    holder.innerHTML = await answer.text();
    const fresh = holder.firstElementChild;
    if (!fresh) return;
    element.replaceWith(fresh);
    if (fresh.dataset.poll) poll(fresh);
  } catch { poll(element); }
}
document.querySelectorAll("[data-poll]").forEach(poll);
