// Known words under a field become buttons that add a word to the list in it, or take it out again.
"use strict";

const wordsOf = (field) => field.value.split(/[,;]/).map((word) => word.trim()).filter(Boolean);
const same = (one, other) => one.localeCompare(other, "de", { sensitivity: "base" }) === 0;

for (const block of document.querySelectorAll("[data-words-for]")) {
  const field = document.getElementById(block.dataset.wordsFor);
  const buttons = [...block.querySelectorAll("[data-word]")].map((item) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tt-chip";
    button.textContent = item.dataset.word;
    item.replaceChildren(button);
    button.addEventListener("click", () => {
      const words = wordsOf(field);
      const rest = words.filter((word) => !same(word, button.textContent));
      field.value = (rest.length < words.length ? rest : [...words, button.textContent]).join(", ");
      mark();
    });
    return button;
  });
  const mark = () => {
    const words = wordsOf(field);
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(words.some((word) => same(word, button.textContent))));
    }
  };
  field.addEventListener("input", mark);
  mark();
}
