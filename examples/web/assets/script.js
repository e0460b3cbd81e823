"use strict";
(() => {
  // Completion in the search box, after the ARIA pattern of a combobox with a listbox.
  const box = document.getElementById("q");
  const list = document.getElementById("saran");
  if (!box || !list) return;
  const form = box.form;
  let asked = null;
  let timer = 0;
  let chosen = -1;
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", "saran");
  box.setAttribute("aria-expanded", "false");
  box.autocomplete = "off";

  const options = () => Array.from(list.children);
  const close = () => {
    list.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const mark = (place) => {
    const all = options();
    chosen = (place + all.length) % all.length;
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    box.setAttribute("aria-activedescendant", all[chosen].id);
    all[chosen].scrollIntoView({ block: "nearest" });
  };
  const take = (place) => {
    box.value = options()[place].dataset.text;
    close();
    form.requestSubmit();
  };
  const show = (suggestions) => {
    list.replaceChildren(...suggestions.map((one, at) => {
      const option = document.createElement("li");
      const count = document.createElement("small");
      option.id = "saran-" + at;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.text = one.text;
      option.textContent = one.text + " ";
      count.textContent = (one.kind === "region" ? "daerah · " : "") + one.count.toLocaleString("id");
      option.append(count);
      return option;
    }));
    if (!suggestions.length) return close();
    chosen = -1;
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
  };
  const ask = async () => {
    if (asked) asked.abort();
    const text = box.value;
    if (text.trim().length < 2 || text.length > 200) return close();
    asked = new AbortController();
    try {
      const address = form.dataset.suggest + "?q=" + encodeURIComponent(text);
      const answer = await fetch(address, { signal: asked.signal });
      if (answer.ok && document.activeElement === box) show((await answer.json()).suggestions);
    } catch {
      close(); // without completions one can search all the same
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  box.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark(chosen + 1);
    else if (event.key === "ArrowUp") mark(chosen < 0 ? -1 : chosen - 1);
    else if (event.key === "Enter" && chosen >= 0) take(chosen);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("li");
    event.preventDefault();
    if (option) take(options().indexOf(option));
  });
  box.addEventListener("blur", () => {
    clearTimeout(timer);
    close();
  });
})();
