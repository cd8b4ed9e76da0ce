/* signature.js: [data-signature="id"] is a canvas to sign on. What was drawn goes as a PNG into the hidden field `id`.
   Without script, and with the keyboard, the printed receipt is signed and its scan is chosen instead. */
(() => {
  "use strict";

  for (const box of document.querySelectorAll("[data-signature]")) {
    const canvas = box.querySelector("canvas");
    const field = document.getElementById(box.dataset.signature);
    const pen = canvas.getContext("2d");
    const start = () => {
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.lineWidth = 3;
      pen.lineCap = pen.lineJoin = "round";
      pen.strokeStyle = "#10243a";
    };
    const place = (event) => {
      const shown = canvas.getBoundingClientRect();
      return [
        ((event.clientX - shown.left) * canvas.width) / shown.width,
        ((event.clientY - shown.top) * canvas.height) / shown.height,
      ];
    };
    const keep = () => {
      field.value = canvas.toDataURL("image/png");
    };

    start();
    if (field.value.startsWith("data:image/png;base64,")) {
      const drawn = new Image();
      drawn.addEventListener("load", () => pen.drawImage(drawn, 0, 0));
      drawn.src = field.value;
    }
    box.hidden = false;

    canvas.addEventListener("pointerdown", (event) => {
      if (!event.isPrimary || event.button > 0) return;
      event.preventDefault();
      canvas.setPointerCapture(event.pointerId);
      pen.beginPath();
      pen.moveTo(...place(event));
      pen.lineTo(...place(event));
      pen.stroke();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!canvas.hasPointerCapture(event.pointerId)) return;
      pen.lineTo(...place(event));
      pen.stroke();
    });
    canvas.addEventListener("pointerup", keep);
    canvas.addEventListener("pointercancel", keep);
    box.querySelector("[data-clear]").addEventListener("click", () => {
      start();
      field.value = "";
    });
  }
})();
