// Makes the pages handier. Every page works without it.
"use strict";

// Ctrl K opens a palette over the page: pages, what to start, documents. Arrows and Enter choose.
function openPalette() {
  const search = document.querySelector(".find input");
  if (!search) return;
  if (!window.HTMLDialogElement) { search.focus(); search.select(); return; }
  let palette = document.querySelector("dialog.palette");
  if (!palette) {
    palette = document.createElement("dialog");
    palette.className = "palette";
    palette.innerHTML = '<input type="search" role="combobox" aria-expanded="true" aria-controls="palette" autocomplete="off"><div id="palette" role="listbox"></div>';
    document.body.append(palette);
    const input = palette.querySelector("input"), list = palette.querySelector("[role=listbox]");
    input.placeholder = search.placeholder;
    for (const element of [palette, input, list]) element.setAttribute("aria-label", search.getAttribute("aria-label"));
    let asked = 0;
    const choose = (option) => {
      list.querySelectorAll("[aria-selected]").forEach((one) => one.removeAttribute("aria-selected"));
      if (!option) { input.removeAttribute("aria-activedescendant"); return; }
      option.id = "chosen-" + [...list.querySelectorAll("[role=option]")].indexOf(option);
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    };
    palette.look = async () => {
      const turn = ++asked;
      const answer = await fetch("/palette?q=" + encodeURIComponent(input.value), { credentials: "same-origin" }).catch(() => null);
      if (!answer?.ok || answer.redirected || turn !== asked) return;
      list.innerHTML = await answer.text();
      choose(list.querySelector("[role=option]"));
    };
    input.addEventListener("input", () => { clearTimeout(palette.wait); palette.wait = setTimeout(palette.look, 120); });
    input.addEventListener("keydown", (event) => {
      const options = [...list.querySelectorAll("[role=option]")], at = options.findIndex((one) => one.hasAttribute("aria-selected"));
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        choose(options[(at + (event.key === "ArrowDown" ? 1 : options.length - 1)) % options.length]);
      } else if (event.key === "Enter") {
        event.preventDefault();
        if (options[at]) location.assign(options[at].href); else location.assign("/search?q=" + encodeURIComponent(input.value));
      }
    });
    palette.addEventListener("click", (event) => { if (event.target === palette) palette.close(); });
  }
  palette.querySelector("input").value = "";
  palette.showModal();
  palette.look();
}
addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); openPalette(); }
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

// Of a form whose answers are saved one by one, each is saved when it is given; its button is there all the same.
document.addEventListener("change", async (event) => {
  const form = event.target.closest("form[data-each]"), field = event.target.closest("fieldset"), id = event.target.id;
  if (!form || !field) return;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // Without the form it is over; with another answer, another window was quicker.
    if (!page.querySelector("form[data-each]") || answer.status === 422) { location.assign(form.action); return; }
    for (const part of [field.id, "time"]) document.getElementById(part)?.replaceWith(page.getElementById(part));
    document.getElementById(id)?.focus();
  } catch { /* not reached: what was chosen stays on the page, and its button saves it */ }
});

// The time that the server said is left.
setInterval(() => {
  const left = document.querySelector("[data-left]");
  if (!left) return;
  const seconds = Number(left.dataset.left) - 1;
  if (seconds < 0) { location.reload(); return; }
  left.dataset.left = seconds;
  left.textContent = left.textContent.replace(/\d+(\D+)\d+/, (all, between) => `${Math.floor(seconds / 60)}${between}${seconds % 60}`);
}, 1000);

// A code is read by the camera where the browser can; it is typed where it cannot.
document.querySelectorAll("[data-scan]").forEach((form) => {
  const button = form.querySelector("[data-camera]"), video = form.querySelector("video"), input = form.querySelector("input:not([type=hidden])");
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch { button.hidden = true; input.focus(); return; }
    video.hidden = false;
    await video.play();
    const detector = new BarcodeDetector({ formats: ["qr_code", "code_128"] });
    const look = async () => {
      const found = await detector.detect(video).catch(() => []);
      if (!found.length) { requestAnimationFrame(look); return; }
      video.srcObject.getTracks().forEach((track) => track.stop());
      video.hidden = true;
      input.value = found[0].rawValue;
      form.requestSubmit(form.querySelector("[data-main]"));
    };
    look();
  });
});

// A day: chosen in the browser's calendar or written in words, and said with its weekday and whether it is a working day.
document.querySelectorAll("input[data-day]").forEach((input) => {
  const output = input.parentElement.querySelector("output"), picker = document.createElement("input"), button = document.createElement("button");
  Object.assign(picker, { type: "date", tabIndex: -1 });
  picker.className = "picker";
  picker.setAttribute("aria-hidden", "true");
  Object.assign(button, { type: "button", className: "pick", textContent: input.dataset.day });
  const say = async () => {
    if (!input.value.trim()) { output.textContent = ""; return; }
    try {
      const answer = await fetch("/day?text=" + encodeURIComponent(input.value), { credentials: "same-origin" });
      output.textContent = answer.ok && !answer.redirected ? await answer.text() : "";
    } catch { output.textContent = ""; }
  };
  button.addEventListener("click", () => picker.showPicker?.());
  picker.addEventListener("change", () => { input.value = picker.value; input.dispatchEvent(new Event("input", { bubbles: true })); say(); });
  input.addEventListener("change", say);
  input.after(button, picker);
});

// A table is dropped on the page, or pasted from a spreadsheet, instead of being looked for among one's files.
document.querySelectorAll("input[type=file][data-drop]").forEach((input) => {
  const take = (data) => {
    if (data.files.length) { input.files = data.files; return true; }
    const text = data.getData("text/plain");
    if (!text.includes("\t")) return false;
    const given = new DataTransfer();
    given.items.add(new File([text], "table.txt", { type: "text/plain" }));
    input.files = given.files;
    return true;
  };
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => { event.preventDefault(); take(event.dataTransfer); input.focus(); });
  document.addEventListener("paste", (event) => { if (!event.target.matches("input:not([type=file]), textarea") && take(event.clipboardData)) event.preventDefault(); });
});
// The list of what waits: j and k go through its rows, Enter opens one, e opens it at its acts, x ticks it, ? shows the keys.
const rows = () => [...document.querySelectorAll("tr[data-row]")];
function goTo(row) {
  rows().forEach((other) => other.toggleAttribute("data-here", other === row));
  row.querySelector("a").focus();
  row.scrollIntoView({ block: "nearest" });
}
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  if (event.key === "?") {
    const keys = document.getElementById("keys");
    if (keys) { keys.open = !keys.open; keys.querySelector("summary").focus(); event.preventDefault(); }
    return;
  }
  const all = rows();
  if (!all.length) {
    // On a document: e goes to what can be done, j to the next one of the list.
    if (event.key === "e") { const acts = document.getElementById("acts"); if (acts) { acts.scrollIntoView(); (acts.querySelector("a.button, button:not(.first), select, input:not([type=hidden]), textarea") || acts).focus(); event.preventDefault(); } }
    if (event.key === "j") document.querySelector("[data-next]")?.click();
    return;
  }
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const here = at < 0 ? all.findIndex((row) => row.hasAttribute("data-here")) : at;
  if (event.key === "j") goTo(all[Math.min(here + 1, all.length - 1)]);
  else if (event.key === "k") goTo(all[Math.max(here - 1, 0)]);
  else if (event.key === "e" && here >= 0) location.href = all[here].dataset.row + "#acts";
  else if (event.key === "x" && here >= 0) all[here].querySelector("input[type=checkbox]")?.click();
  else if (event.key === "/") document.querySelector(".seeklist input")?.focus();
  else return;
  event.preventDefault();
});
// A row is opened wherever it is clicked.
document.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-row]");
  if (!row || event.target.closest("a, button, input, label, summary") || getSelection().toString()) return;
  if (event.target.closest(".tick")) { row.querySelector("input[type=checkbox]").click(); return; }
  location.href = row.dataset.row;
});
// All rows of the page are ticked without asking the server.
document.addEventListener("click", (event) => {
  const all = event.target.closest("[data-all]");
  if (!all) return;
  event.preventDefault();
  const boxes = [...document.querySelectorAll("tr[data-row] input[name=item]")], isOn = boxes.some((box) => !box.checked);
  boxes.forEach((box) => { box.checked = isOn; });
});

// The list follows what happens, while the page is looked at; what is being ticked or typed is left alone.
function follow() {
  const list = document.querySelector("[data-live]");
  if (!list || !window.EventSource) return;
  let source, soon;
  async function refresh() {
    const now = document.querySelector("[data-live]");
    if (!now || now.querySelector("input:checked, input[type=search]:focus")) return;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html"), fresh = page.querySelector("[data-live]");
      const where = document.activeElement?.closest("tr[data-row]")?.dataset.row;
      if (!fresh) return;
      now.replaceWith(fresh);
      document.querySelector(".figures")?.replaceWith(page.querySelector(".figures"));
      if (where) rows().find((row) => row.dataset.row === where)?.querySelector("a").focus();
    } catch { /* not reached: the next change tells again */ }
  }
  const start = () => {
    source = new EventSource(list.dataset.live);
    source.onmessage = () => { clearTimeout(soon); soon = setTimeout(refresh, 1000); };
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { source?.close(); source = null; } else if (!source) { start(); refresh(); }
  });
  addEventListener("pagehide", () => source?.close());
  start();
}
follow();

// A common phrase goes into the opinion, to be changed there.
document.addEventListener("change", (event) => {
  const text = event.target.dataset.phrase && document.getElementById(event.target.dataset.phrase);
  if (!text || !event.target.value) return;
  text.value = event.target.value;
  text.focus();
});

// What is filled in for an act is kept as one goes; its button is there all the same. Files go with the button.
const keeping = new WeakMap();
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-keep]");
  if (!form || event.target.type === "file") return;
  clearTimeout(keeping.get(form));
  keeping.set(form, setTimeout(() => keep(form), 2000));
});
async function keep(form) {
  if (form.dataset.sent) return;
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  data.set("~keep", "script");
  const chosen = form.querySelector("input[type=file]") && [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length);
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin" });
    if (answer.status !== 204) return;
    // Files that were chosen are not kept yet, and leaving is still asked about.
    if (!chosen) typed = false;
    const said = form.querySelector(".keep");
    if (said) { said.dataset.said = said.dataset.said || said.textContent; said.textContent = said.dataset.said + " ✓"; }
  } catch { /* not reached: the button keeps it */ }
}
document.addEventListener("submit", (event) => clearTimeout(keeping.get(event.target)));

// A page is printed as it stands.
document.querySelectorAll("[data-print]").forEach((button) => { button.hidden = false; button.addEventListener("click", () => print()); });
