/* board.js: keeps the television up to date. ES5 and XMLHttpRequest: televisions of 2016.

   Every 2 seconds the state is asked for; 304 means that nothing has changed. Only the [data-part] that differs is
   replaced. Without an answer for 5 seconds the board says so and goes on asking; it recovers by itself.
   The clock runs on from the server's time. */
(function () {
  "use strict";

  var EVERY = 2000;
  var STALE_AFTER = 5000;
  var DAYS = ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"];
  var MONTHS = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember"
  ];

  var halls = document.getElementById("isi");
  var away = document.getElementById("away");
  var awaySeconds = document.getElementById("away-seconds");
  var title = document.title;
  var answered = Date.now();
  var isStale = false;
  var etag = "";

  /* state */
  function callOf(part) {
    var head = part.querySelector("[data-call]");
    return head ? head.getAttribute("data-call") : "";
  }
  function replace(part, fresh) {
    var isNewCall = part.className.indexOf("hero") === 0 && callOf(fresh) && callOf(fresh) !== callOf(part);
    if (part.innerHTML === fresh.innerHTML) return;
    part.innerHTML = fresh.innerHTML;
    if (!isNewCall) return;
    part.className = "hero";
    window.setTimeout(function () { part.className = "hero calling"; }, 50);
  }
  function show(html) {
    var fresh = document.createElement("div");
    var parts = halls.querySelectorAll("[data-part]");
    var i, other;
    fresh.innerHTML = html;
    for (i = 0; i < parts.length; i += 1) {
      other = fresh.querySelector('[data-part="' + parts[i].getAttribute("data-part") + '"]');
      if (other) replace(parts[i], other);
    }
  }
  function ask() {
    var request = new XMLHttpRequest();
    var next = function () { window.setTimeout(ask, EVERY); };
    request.open("GET", halls.getAttribute("data-state"), true);
    request.timeout = 4000;
    if (etag) request.setRequestHeader("If-None-Match", etag);
    request.onload = function () {
      if (request.status === 200) {
        etag = request.getResponseHeader("ETag") || "";
        show(request.responseText);
      }
      if (request.status === 200 || request.status === 304) {
        answered = Date.now();
        setStale(false);
      }
      next();
    };
    request.onerror = next;
    request.ontimeout = next;
    request.send();
  }

  /* stale */
  function setStale(now) {
    var head = halls.querySelector("[data-call]");
    if (now === isStale) return;
    isStale = now;
    away.hidden = !now;
    document.body.className = now ? "board stale" : "board";
    document.title = now ? "Papan antrian: sambungan terputus" : title;
    if (!head || !head.getAttribute("data-call")) return;
    if (now) {
      head.setAttribute("data-words", head.innerHTML);
      head.innerHTML = "Panggilan terakhir yang diketahui";
    } else if (head.getAttribute("data-words")) {
      head.innerHTML = head.getAttribute("data-words");
      head.removeAttribute("data-words");
    }
  }

  /* clock */
  var clock = document.getElementById("clock");
  var day = clock.querySelector("span");
  var hour = clock.querySelector("b");
  var written = clock.getAttribute("datetime");
  var zone = hour.innerHTML.split(" ").pop();
  var offset = /([+-])(\d\d):(\d\d)$/.exec(written);
  var ahead = offset ? (offset[1] === "-" ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3])) * 60000 : 0;
  var skew = Date.parse(written.replace(/\.\d+/, "")) - Date.now();
  function two(number) { return (number < 10 ? "0" : "") + number; }
  function tick() {
    var now = new Date(Date.now() + skew + ahead);
    hour.innerHTML = two(now.getUTCHours()) + "." + two(now.getUTCMinutes()) + " " + zone;
    day.innerHTML = DAYS[now.getUTCDay()] + ", " + now.getUTCDate() + " " + MONTHS[now.getUTCMonth()] + " " + now.getUTCFullYear();
    awaySeconds.innerHTML = String(Math.floor((Date.now() - answered) / 1000));
    if (Date.now() - answered > STALE_AFTER) setStale(true);
  }

  window.setInterval(tick, 1000);
  ask();
})();
