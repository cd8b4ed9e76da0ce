/* public.js: form[data-once] is sent once; its buttons are enabled again when the page returns from the back cache. When the
   form was refused, its first wrong field has the focus, so that the error is in view; a page with a summary keeps its top.
   ES5, because the board's television loads it too. */
(function () {
  "use strict";

  function setButtons(form, isOff) {
    var i;
    for (i = 0; i < form.elements.length; i += 1) {
      if (form.elements[i].type === "submit") form.elements[i].disabled = isOff;
    }
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || !form.hasAttribute("data-once")) return;
    /* delayed, so that the button's own name and value are still sent */
    window.setTimeout(function () { setButtons(form, true); });
  });

  /* after file_words.js, which moves a file field */
  document.addEventListener("DOMContentLoaded", function () {
    var wrong = document.querySelector("form[data-once] :not(div).is-invalid");
    var field = wrong;
    if (!wrong || document.querySelector(".form-errors")) return;
    wrong.focus();
    while (field && !/\bmb-3\b/.test(field.className)) field = field.parentElement;
    (field || wrong).scrollIntoView({ block: "center" }); /* the words of the field are below it */
  });

  window.addEventListener("pageshow", function (event) {
    var forms = document.querySelectorAll("form[data-once]");
    var i;
    if (!event.persisted) return;
    for (i = 0; i < forms.length; i += 1) setButtons(forms[i], false);
  });
})();
