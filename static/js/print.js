/* print.js: [data-print] prints the page. Without script, the menu of the browser prints it. */
(() => {
  "use strict";

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
