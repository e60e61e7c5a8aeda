/* The host's board: counts what lies in each list, and keeps the keyboard where the host was working. */
(() => {
  "use strict";
  const title = document.title;
  let place = null; // list and position the host acted on last

  const recount = () => {
    for (const number of document.querySelectorAll("[data-count]")) {
      const cards = document.getElementById(`contributions-${number.dataset.count}`).children.length;
      if (number.textContent !== String(cards)) number.textContent = cards;
      if (number.dataset.count === "waiting") document.title = cards ? `(${cards}) ${title}` : title;
    }
  };

  const keepPlace = () => {
    if (!place || document.activeElement !== document.body) return;
    const cards = document.getElementById(place.list)?.children || [];
    const next = cards[Math.min(place.position, cards.length - 1)];
    (next?.querySelector("button") || document.getElementById("contributions-board-title"))?.focus({ preventScroll: true });
  };

  document.addEventListener("submit", (event) => {
    const card = event.target.closest(".note");
    place = card ? { list: card.parentElement.id, position: [...card.parentElement.children].indexOf(card) } : null;
  }, true);
  document.addEventListener("htmx:after:swap", () => { recount(); keepPlace(); });
  recount();
})();
