"use strict";
for (const node of document.querySelectorAll(".tex")) {
  const displayMode = node.classList.contains("display");
  try {
    katex.render(node.textContent, node, { displayMode, throwOnError: true, trust: false, maxExpand: 100 });
    node.classList.add("done");
  } catch (error) {
    node.classList.add("failed");
    console.error(`${node.textContent}: ${error.message}`);
  }
}
