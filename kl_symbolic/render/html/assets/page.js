"use strict";
(() => {
  const folded = (node) => node.parentElement.closest("details:not([open])") !== null && !node.closest("summary");
  const typeset = (node) => {
    try {
      const shown = katex.renderToString(node.dataset.tex, { throwOnError: true, trust: false, maxExpand: 100 });
      node.innerHTML = shown;
    } catch (error) {
      node.classList.add("failed");
      console.error(`${node.dataset.tex}: ${error.message}`);
    }
  };
  // Formulas are typeset from the top, a few at a time: what is read first is there at once. Folded ones wait.
  const waiting = [];
  const work = (milliseconds) => {
    const end = performance.now() + milliseconds;
    while (waiting.length > 0 && performance.now() < end) typeset(waiting.shift());
    document.documentElement.toggleAttribute("data-typesetting", waiting.length > 0);
  };
  const go = () => {
    if (waiting.length === 0) return;
    work(25);
    setTimeout(go);
  };
  const enqueue = (root) => {
    for (const node of root.querySelectorAll(".tex:not(.done)")) {
      if (folded(node)) continue;
      node.classList.add("done");
      waiting.push(node);
    }
  };
  const copyable = (block) => {
    const button = document.createElement("button");
    const text = block.textContent;
    button.type = "button";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(block);
        button.textContent = "Selected";
      }
      setTimeout(() => { button.textContent = "Copy"; }, 1500);
    });
    block.after(button);
  };
  // What is copied with formulas in it gets their LaTeX, as it stands in the page, in place of KaTeX's letters.
  const latexOf = (event) => {
    const selection = getSelection();
    if (selection.isCollapsed) return;
    const copy = document.createElement("div");
    const range = selection.getRangeAt(0).cloneRange();
    for (const [node, set] of [[range.startContainer, "setStartBefore"], [range.endContainer, "setEndAfter"]]) {
      const formula = (node.nodeType === 1 ? node : node.parentElement).closest(".tex.done");
      if (formula) range[set](formula);
    }
    copy.append(range.cloneContents());
    const formulas = copy.querySelectorAll(".tex[data-tex]");
    if (formulas.length === 0) return;
    for (const formula of formulas) formula.textContent = `$${formula.dataset.tex.replace(/^\\displaystyle /, "")}$`;
    for (const said of copy.querySelectorAll(".says")) said.remove();
    event.clipboardData.setData("text/plain", copy.textContent);
    event.preventDefault();
  };
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    work(Infinity);
    target.scrollIntoView({ block: "center" });
  };
  const searchable = (list) => {
    const field = document.createElement("input");
    field.type = "search";
    field.className = "find";
    field.placeholder = "Find a theorem by its name or its statement";
    field.setAttribute("aria-label", field.placeholder);
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/);
      for (const part of document.querySelectorAll(".part")) {
        let any = false;
        for (const entry of part.querySelectorAll("[data-find]")) {
          entry.hidden = !words.every((word) => entry.dataset.find.includes(word));
          any ||= !entry.hidden;
        }
        part.hidden = !any;
      }
    });
    list.before(field);
  };
  enqueue(document);
  work(80);
  document.querySelectorAll("pre.copy").forEach(copyable);
  document.querySelectorAll("nav.parts").forEach(searchable);
  document.addEventListener("toggle", (event) => {
    if (!event.target.open) return;
    enqueue(event.target);
    work(200);
    go();
  }, true);
  document.addEventListener("copy", latexOf);
  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", () => work(Infinity));
  reveal();
  go();
})();
