/* The desk by keyboard. The desk works without this file; it only moves focus and presses buttons that are there. */
(() => {
  "use strict";

  const STORED = "desk-keys-off";
  const desk = () => document.getElementById("consolidation-desk");
  const byId = (id) => document.getElementById(id);
  const typing = (element) => element.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");

  const help = byId("desk-keys");
  const toggle = byId("desk-keys-on");
  if (!help || !toggle) return;
  help.hidden = false;
  toggle.checked = !stored();
  toggle.addEventListener("change", () => {
    try {
      if (toggle.checked) localStorage.removeItem(STORED);
      else localStorage.setItem(STORED, "1");
    } catch { /* storage may be forbidden; the choice then lasts for this page */ }
  });

  function stored() {
    try { return localStorage.getItem(STORED) !== null; } catch { return false; }
  }

  let side = "desk-left";
  let place = 0;

  const boxes = (list = side) => [...document.querySelectorAll(`#${list} input[type=checkbox]`)];

  function current() {
    const focused = document.activeElement;
    const list = focused?.closest?.("#desk-left, #desk-right");
    if (list) {
      side = list.id;
      place = Math.max(0, boxes().indexOf(focused));
      return true;
    }
    return false;
  }

  function go(step) {
    const known = current();
    const all = boxes();
    if (!all.length) return;
    place = known ? Math.min(Math.max(place + step, 0), all.length - 1) : Math.min(place, all.length - 1);
    all[place].focus();
    all[place].closest("li").scrollIntoView({ block: "nearest" });
  }

  function change() {
    side = side === "desk-left" && boxes("desk-right").length ? "desk-right" : "desk-left";
    place = 0;
    boxes()[0]?.focus();
  }

  function choose(digits) {
    const select = byId(side === "desk-right" ? "desk-auch" : "desk-ziel");
    const option = select?.querySelector(`option[data-number="${digits}"]`);
    if (!option) return false;
    select.value = option.value;
    select.focus();
    return true;
  }

  function focus(id) {
    const field = byId(id);
    const fold = field?.closest("details");
    if (fold) fold.open = true;
    field?.focus();
  }

  function select() {
    current();
    boxes()[place]?.click();
  }

  const keys = {
    j: () => go(1),
    ArrowDown: () => go(1),
    k: () => go(-1),
    ArrowUp: () => go(-1),
    x: select,
    l: change,
    n: () => focus(side === "desk-right" ? "desk-abtrennen" : "desk-titel"),
    b: () => focus("desk-grund"),
    z: () => document.querySelector("#desk-notice form button")?.click(),
    "/": () => focus("desk-text"),
  };

  let digits = "";

  function inSelect(event) {
    if (event.key === "Enter") {
      event.preventDefault();
      digits = "";
      event.target.closest(".tt-sort__act").querySelector("button").click();
    } else if (/^\d$/.test(event.key)) {
      event.preventDefault();
      digits = choose(digits + event.key) ? digits + event.key : choose(event.key) ? event.key : "";
    }
  }

  document.addEventListener("keydown", (event) => {
    if (!toggle.checked || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.matches("#desk-ziel, #desk-auch")) {
      if (event.key !== "Escape") return inSelect(event);
    }
    if (typing(event.target)) {
      if (event.key === "Escape" && desk().contains(event.target)) boxes()[place]?.focus();
      return;
    }
    const arrow = event.key.startsWith("Arrow");
    if (arrow && !event.target.closest("#desk-left, #desk-right")) return; // arrows scroll the page elsewhere
    current();
    if (/^[1-9]$/.test(event.key)) {
      if (choose(event.key)) {
        digits = event.key;
        event.preventDefault();
      }
    } else if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });

  function count() {
    const chosen = boxes("desk-left").filter((box) => box.checked).length;
    const where = byId("desk-selected");
    if (where) where.textContent = chosen ? `(${chosen})` : "";
  }

  document.addEventListener("change", count);

  /* A morph keeps what was typed: after an act that worked, fields and choices go back to what the page says. */
  document.addEventListener("htmx:after:swap", () => {
    if (!desk()) return;
    for (const form of desk().querySelectorAll("form")) form.reset();
    count();
    digits = "";
    const done = byId("desk-notice")?.dataset.kind === "success";
    const lost = !document.activeElement || document.activeElement === document.body;
    if (done || lost) {
      const all = boxes();
      place = Math.min(place, Math.max(all.length - 1, 0));
      all[place]?.focus();
    }
  });
})();
