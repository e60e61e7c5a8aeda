/* The phone at the table: sends what was written, once, however bad the network; marks what is one's own; gives dots.
   Without this script the same form and buttons are posted and the page comes back. */
(() => {
  "use strict";
  const form = document.getElementById("contributions-send");
  const list = document.getElementById("contributions-outbox");
  const said = document.getElementById("contributions-said");
  if (!form || !list || !window.fetch) return;
  const words = { ...list.dataset, ...form.dataset };
  const code = form.dataset.code;
  const field = form.elements.text;
  const draftKey = `entwurf-${code}`;
  const outbox = new window.Outbox();

  /* ---- small things ---- */

  const uuid = () => {
    if (window.crypto.randomUUID) return window.crypto.randomUUID(); // only on https and localhost
    const bytes = window.crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };
  const tell = (text) => { said.textContent = text; };
  const keepDraft = () => { try { sessionStorage.setItem(draftKey, field.value); } catch { /* private mode */ } };
  const draft = () => { try { return sessionStorage.getItem(draftKey) || ""; } catch { return ""; } };
  const chosenKind = () => form.querySelector("input[name=kind]:checked")?.value || "";

  const showErrors = (errors) => {
    for (const place of form.querySelectorAll("[data-field]")) {
      const messages = errors[place.dataset.field];
      place.querySelector(".kern-error")?.remove();
      const control = place.querySelector("textarea, select");
      control?.removeAttribute("aria-invalid");
      if (!messages) continue;
      const line = document.createElement("p");
      line.className = "kern-error";
      line.id = `${place.dataset.field}-error`;
      line.innerHTML = '<span class="kern-icon kern-icon--danger kern-icon--default" aria-hidden="true"></span><span class="kern-body"></span>';
      line.lastChild.textContent = messages.join(" ");
      place.append(line);
      control?.setAttribute("aria-invalid", "true");
    }
    const first = form.querySelector(".kern-error")?.closest("[data-field]");
    first?.querySelector("textarea, input, select")?.focus();
    if (first) tell(first.querySelector(".kern-error").textContent);
  };

  const count = () => {
    const length = [...field.value.trim()].length;
    const line = document.getElementById("text-count");
    line.textContent = length > form.dataset.limit * 0.8 ? words.textCount.replace("{count}", length) : "";
  };

  /* ---- what I sent ---- */

  const lineOf = (clientId) => list.querySelector(`[data-client-id="${clientId}"]`);

  const draw = (entry, text, buttons = []) => {
    if (entry.code !== code) return;
    let line = lineOf(entry.client_id);
    if (!line) {
      line = document.createElement("li");
      line.className = "outbox__entry";
      line.dataset.clientId = entry.client_id;
      line.innerHTML = '<p class="outbox__text" dir="auto"></p><p class="outbox__state"></p>';
      line.firstChild.textContent = entry.text;
      list.prepend(line);
      document.getElementById("contributions-mine").hidden = false;
    }
    line.querySelector(".outbox__state").textContent = text;
    line.querySelectorAll("button").forEach((button) => button.remove());
    for (const [label, act] of buttons) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "kern-btn kern-btn--secondary kern-btn--x-small";
      button.innerHTML = '<span class="kern-label"></span>';
      button.firstChild.textContent = label;
      button.addEventListener("click", act);
      line.append(button);
    }
  };

  const markMine = () => {
    for (const line of list.querySelectorAll("[data-id]")) {
      const shown = document.getElementById(`beitrag-${line.dataset.id}`);
      shown?.classList.add("say--mine");
      if (shown) line.querySelector(".outbox__state").textContent = words.textShown;
    }
  };

  const backIntoField = async (entry) => {
    await outbox.remove(entry.client_id);
    lineOf(entry.client_id)?.remove();
    if (!list.children.length) document.getElementById("contributions-mine").hidden = true;
    field.value = [field.value.trim(), entry.text].filter(Boolean).join("\n\n");
    const kind = form.querySelector(`input[name=kind][value="${entry.kind}"]`);
    if (kind) kind.checked = true;
    keepDraft();
    count();
    field.focus();
  };

  /* ---- sending ---- */

  let onlyInMemory = null; // the entry whose text stays in the field, because nothing else would survive a reload
  let sending = false;
  let failures = 0;
  let notBefore = 0;
  let timer = 0;

  const clearField = () => {
    form.reset();
    field.value = "";
    keepDraft();
    count();
    showErrors({});
  };

  const arrived = async (entry, receipt) => {
    await outbox.remove(entry.client_id);
    draw(entry, receipt.status === "waiting" ? words.textWaiting : words.textArrived);
    const line = lineOf(entry.client_id);
    if (line) line.dataset.id = receipt.id;
    if (onlyInMemory?.client_id === entry.client_id) {
      if (field.value.trim() === entry.text) clearField();
      onlyInMemory = null;
    }
    tell(words.textThanks);
    markMine();
  };

  const refuse = async (entry, message) => {
    await outbox.put({ ...entry, refused: message });
    drawStored({ ...entry, refused: message });
    tell(message);
  };

  const post = async (entry) => {
    const stop = new AbortController();
    const limit = setTimeout(() => stop.abort(), 15000);
    const { text, kind, client_id, target_group, area } = entry;
    try {
      const response = await fetch(entry.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify({ text, kind, client_id, target_group, area }),
        signal: stop.signal,
      });
      return { status: response.status, wait: Number(response.headers.get("Retry-After")), body: await response.json() };
    } catch {
      return { status: 0 }; // no network, a timeout, or somebody else's page instead of our answer
    } finally {
      clearTimeout(limit);
    }
  };

  /* True when the next entry may go, false when everything has to wait. */
  const send = async (entry) => {
    const { status, wait, body } = await post(entry);
    if ((status === 200 || status === 201) && body.client_id === entry.client_id) {
      await arrived(entry, body);
    } else if (status === 422 && body.errors) {
      if (entry.code === code) {
        await backIntoField(entry);
        showErrors(body.errors);
      } else {
        await refuse(entry, Object.values(body.errors).flat().join(" "));
      }
    } else if ([403, 404, 409, 413].includes(status) && body.message) {
      await refuse(entry, body.message);
    } else {
      failures += 1;
      const patience = Math.min(60, 2 ** Math.min(failures, 6)) * 1000 * (0.5 + Math.random());
      notBefore = Date.now() + (status === 429 && wait ? wait * 1000 + Math.random() * 3000 : patience);
      if (status === 429) draw(entry, words.textPatience);
      else tell(words.textOffline);
      return false;
    }
    failures = 0;
    return true;
  };

  const flush = async () => {
    clearTimeout(timer);
    if (sending) return;
    sending = true;
    try {
      for (const entry of await outbox.all()) {
        if (entry.refused) continue;
        if (Date.now() < notBefore || !(await send(entry))) break;
      }
    } finally {
      sending = false;
    }
    const left = (await outbox.all()).some((entry) => !entry.refused);
    timer = setTimeout(flush, left ? Math.max(500, notBefore - Date.now()) : 30000);
  };

  const flushNow = () => { notBefore = 0; setTimeout(flush, Math.random() * 300); };

  const drawStored = (entry) => {
    if (!entry.refused) return draw(entry, words.textSaved);
    return draw(entry, `${words.textRefused}: ${entry.refused}`, [[words.textBack, () => backIntoField(entry)]]);
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    const kind = chosenKind();
    const errors = {};
    if (!text) errors.text = [words.textEmpty];
    if (!kind) errors.kind = [words.textKind];
    showErrors(errors);
    if (errors.text || errors.kind || form.dataset.busy) return;
    if (onlyInMemory?.text === text && onlyInMemory.kind === kind) return void flushNow();
    form.dataset.busy = "1";
    const entry = {
      client_id: uuid(), url: form.action, code, text, kind,
      target_group: form.elements.target_group.value, area: form.elements.area?.value || "", created: Date.now(),
    };
    const safe = await outbox.put(entry);
    if (safe) clearField();
    else onlyInMemory = entry;
    draw(entry, safe ? words.textSaved : words.textMemory);
    delete form.dataset.busy;
    notBefore = 0;
    flush();
  });

  field.addEventListener("input", () => { keepDraft(); count(); });
  if (!field.value && draft()) field.value = draft();
  count();
  outbox.all().then((entries) => entries.forEach(drawStored)).then(flush);
  window.addEventListener("online", flushNow);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) flushNow(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) flushNow(); });

  /* ---- dots ---- */

  const given = new Set();
  const buttons = () => [...document.querySelectorAll(".say__dot button")];
  const idOf = (button) => Number(button.form.elements.contribution.value);
  const phase = () => document.getElementById("contributions-feed")?.dataset.phase;
  let lastPhase = phase();

  const tellOfDots = (text) => {
    const line = document.getElementById("contributions-ballot-said");
    if (line) line.textContent = text;
  };
  const showBallot = () => {
    for (const button of buttons()) {
      const mine = given.has(idOf(button));
      button.value = mine ? "take" : "give";
      button.setAttribute("aria-pressed", String(mine));
      button.classList.toggle("kern-btn--primary", mine);
      button.classList.toggle("kern-btn--secondary", !mine);
      button.querySelector(".kern-label").textContent = mine ? button.dataset.take : button.dataset.give;
    }
    const left = document.getElementById("contributions-left");
    if (!left) return;
    const text = left.dataset.text.replace("{left}", Math.max(0, left.dataset.budget - given.size)).replace("{budget}", left.dataset.budget);
    if (left.textContent !== text) left.textContent = text;
  };
  const useBallot = (ballot) => {
    given.clear();
    ballot.given.forEach((id) => given.add(id));
    showBallot();
  };
  const askBallot = async (options) => {
    const response = await fetch(`/t/${code}/punkte`, { headers: { Accept: "application/json" }, cache: "no-store", ...options });
    const body = await response.json();
    if (response.ok) useBallot(body);
    tellOfDots(response.ok ? "" : body.message);
  };

  document.addEventListener("submit", async (event) => {
    if (!event.target.matches(".say__dot")) return;
    event.preventDefault();
    const button = event.target.querySelector("button");
    const body = new URLSearchParams({ contribution: idOf(button), act: button.value });
    try {
      await askBallot({ method: "POST", body });
    } catch {
      tellOfDots(words.textDots);
    }
  });

  buttons().filter((button) => button.getAttribute("aria-pressed") === "true").forEach((button) => given.add(idOf(button)));
  document.addEventListener("htmx:after:swap", () => {
    markMine();
    showBallot();
    if (phase() === "voting" && lastPhase !== "voting") setTimeout(() => askBallot().catch(() => {}), Math.random() * 1000);
    lastPhase = phase();
  });
  markMine();
})();
