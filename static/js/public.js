/* public.js: form[data-once] is sent once; its buttons are enabled again when the page returns from the back cache.
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

  window.addEventListener("pageshow", function (event) {
    var forms = document.querySelectorAll("form[data-once]");
    var i;
    if (!event.persisted) return;
    for (i = 0; i < forms.length; i += 1) setButtons(forms[i], false);
  });
})();
