/* file_words.js: a field for files in Indonesian. The browser writes its own words there, in its own language, and no
   style can change them. So the field lies unseen over a box with our words; clicks, keys and dropped files reach it.
   Without script the browser's words are shown. Fields in .pick have a label of their own (phone_upload.js).
   ES5, for old telephones. */
(function () {
  "use strict";

  var FIELDS = "input[type=file].form-control";
  var NONE = "Belum ada berkas";

  function words(input) {
    var names = [];
    var i;
    for (i = 0; i < input.files.length; i += 1) names.push(input.files[i].name);
    return names.join(", ") || NONE;
  }

  function part(name, text) {
    var made = document.createElement("span");
    made.className = name;
    made.textContent = text;
    made.setAttribute("aria-hidden", "true"); /* a screen reader tells the field itself */
    return made;
  }

  function refresh(input) {
    var box = input.parentNode;
    if (box.className.indexOf("file-box") !== 0) return;
    input.title = words(input); /* else the browser shows its own words at the pointer */
    box.querySelector("[data-names]").textContent = input.title;
  }

  function dress(input) {
    var box;
    if (input.parentNode.className.indexOf("file-box") === 0 || input.parentNode.className === "pick") return;
    box = document.createElement("div");
    box.className = input.className.indexOf("is-invalid") < 0 ? "file-box" : "file-box is-invalid"; /* for the error below */
    box.appendChild(part("file-button", input.multiple ? "Pilih berkas (boleh beberapa)" : "Pilih berkas"));
    box.appendChild(part("", "")).setAttribute("data-names", "");
    input.parentNode.insertBefore(box, input);
    box.appendChild(input);
    input.addEventListener("change", function () { refresh(input); });
    refresh(input);
  }

  function each(root, act) {
    var found = root.querySelectorAll(FIELDS);
    var i;
    for (i = 0; i < found.length; i += 1) act(found[i]);
  }

  function afterwards() {
    window.setTimeout(function () { each(document, refresh); }); /* another script may have emptied the field */
  }

  each(document, dress);
  document.addEventListener("htmx:load", function (event) { each(event.detail.elt, dress); });
  document.addEventListener("submit", afterwards);
  document.addEventListener("reset", afterwards);
  window.addEventListener("pageshow", afterwards);
})();
