/* The room plan by hand: people are dragged to a table or sent there by its number. Both post the page's own form; the
   answer is the page again, of which the plan and the message are taken over, so that nobody loses their place. */
(() => {
  "use strict";
  const PATIENCE = 700; // milliseconds to type the second digit of a table's number
  const form = () => document.getElementById("umsetzen");
  let typed = "";
  let waiting = null;
  let drag = null;

  const prepare = () => {
    for (const hint of document.querySelectorAll("[data-scripted]")) hint.hidden = false;
    if (!form()) return;
    for (const place of document.querySelectorAll("[data-person]")) {
      const grip = document.createElement("span");
      grip.className = "tt-grip";
      grip.setAttribute("aria-hidden", "true");
      place.prepend(grip);
    }
  };

  const takeOver = (text, focus) => {
    const answer = new DOMParser().parseFromString(text, "text/html");
    const plan = answer.getElementById("seating-plan");
    if (!plan) return location.reload();
    document.getElementById("seating-plan").replaceWith(plan);
    document.querySelector(".tt-messages").innerHTML = answer.querySelector(".tt-messages").innerHTML;
    prepare();
    (document.getElementById(focus) || document.getElementById(focus.replace("person-", "liste-")))?.focus({ preventScroll: true });
  };

  const send = async (person, table) => {
    const body = new FormData(form());
    body.delete("people");
    body.set("people", person);
    body.set("table", table);
    try {
      const answer = await fetch(form().action, { method: "POST", body });
      takeOver(await answer.text(), `person-${person}`);
    } catch {
      location.reload();
    }
  };

  const tableNumbered = (number) => (number === "0" ? "0" : document.querySelector(`[data-number="${number}"]`)?.dataset.table);
  const moreDigitsPossible = (number) => number !== "0" && document.querySelector(`[data-number^="${number}"]:not([data-number="${number}"])`);

  const settle = (person) => {
    const table = tableNumbered(typed);
    typed = "";
    if (table !== undefined) send(person, table);
  };

  document.addEventListener("keydown", (event) => {
    const place = event.target.closest?.("[data-person]");
    if (!place || !form() || !/^\d$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    clearTimeout(waiting);
    typed += event.key;
    if (moreDigitsPossible(typed)) waiting = setTimeout(settle, PATIENCE, place.dataset.person);
    else settle(place.dataset.person);
  });

  const targetAt = (event) => document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-table]");
  const light = (target) => {
    for (const lit of document.querySelectorAll(".is-target")) if (lit !== target) lit.classList.remove("is-target");
    target?.classList.add("is-target");
  };
  const follow = (event) => {
    drag.ghost.style.transform = `translate(${event.clientX + 8}px, ${event.clientY + 8}px)`;
    light(targetAt(event));
    if (event.clientY < 60) scrollBy(0, -12);
    if (event.clientY > innerHeight - 120) scrollBy(0, 12);
  };
  const letGo = () => {
    drag.ghost.remove();
    light(null);
    drag = null;
  };

  document.addEventListener("pointerdown", (event) => {
    if (!event.target.classList?.contains("tt-grip") || drag) return;
    const place = event.target.closest("[data-person]");
    const ghost = document.createElement("div");
    ghost.className = "tt-ghost";
    ghost.textContent = place.querySelector("label").firstChild.textContent.trim();
    document.body.append(ghost);
    drag = { person: place.dataset.person, ghost, home: place.closest("[data-table]") };
    event.target.setPointerCapture(event.pointerId);
    event.preventDefault();
    follow(event);
  });
  document.addEventListener("pointermove", (event) => { if (drag) follow(event); });
  document.addEventListener("pointerup", (event) => {
    if (!drag) return;
    const { person, home } = drag;
    const target = targetAt(event);
    letGo();
    if (target && target !== home) send(person, target.dataset.table);
  });
  document.addEventListener("pointercancel", () => { if (drag) letGo(); });
  document.addEventListener("keyup", (event) => { if (drag && event.key === "Escape") letGo(); });
  prepare();
})();
