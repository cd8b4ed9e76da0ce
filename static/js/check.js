/* check.js: sends the file as soon as it is chosen or dropped; without script the button sends it, so here it is hidden.
   ES5, for old telephones. */
(function () {
  "use strict";

  var form = document.getElementById("check");
  if (!form) return;
  var input = form.querySelector("input[type=file]");
  var drop = form.querySelector(".drop");
  var button = form.querySelector("[type=submit]");

  function send() {
    if (!input.files.length) return;
    form.querySelector("[data-chosen]").textContent = input.files[0].name;
    button.click();
  }

  button.hidden = true; /* pressed after the answer, it would send nothing and the answer would be gone */
  input.addEventListener("change", send);
  drop.addEventListener("dragover", function (event) { event.preventDefault(); });
  drop.addEventListener("drop", function (event) {
    event.preventDefault();
    input.files = event.dataTransfer.files;
    send();
  });
})();
