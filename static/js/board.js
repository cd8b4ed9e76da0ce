/* board.js: keeps the television up to date. ES5 and XMLHttpRequest, for televisions of 2016.

   State. The board asks nine times in ten seconds; 304 means no change. It replaces only each [data-part] that differs.
   Without an answer for 5 seconds the board says so and keeps asking; it recovers by itself.
   Calls. Each call id is announced once; the calls on the page when it opens count as announced. Calls are announced one
   after the other: the card shows the number until its words have ended, and for at least 8 seconds.
   Sound. Off until one press. Each request says whether the sound is on, so that the officer can see it.
   Clock. The server's time, set again with each answer, because a television's own clock is wrong and jumps. */
(function () {
  "use strict";

  var EVERY = 900;
  var STALE_AFTER = 5000;
  var SHOWN_FOR = 8000;
  var TOO_OLD = 90; /* seconds: the board does not announce a call that is older */
  var DAYS = ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"];
  var MONTHS = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember"
  ];

  var halls = document.getElementById("isi");
  var away = document.getElementById("away");
  var awaySeconds = document.getElementById("away-seconds");
  var hero = halls.querySelector('[data-part="hero"]');
  var title = document.title;
  var answered = Date.now();
  var isStale = false;
  var etag = "";

  /* calls */
  var heard = {};
  var queue = [];
  var isBusy = false;
  var isShowing = false;
  var restingHero = hero.innerHTML;

  function listed(root) {
    var rows = root.querySelectorAll("[data-call]");
    var calls = [];
    var i;
    for (i = 0; i < rows.length; i += 1) {
      calls.push({
        id: rows[i].getAttribute("data-call"),
        at: Number(rows[i].getAttribute("data-at")),
        number: rows[i].getAttribute("data-number"),
        counter: rows[i].getAttribute("data-counter"),
        pieces: rows[i].getAttribute("data-pieces").split(" "),
        words: rows[i].innerHTML
      });
    }
    return calls;
  }
  function hear(calls, now) {
    var known = heard;
    var i;
    heard = {}; /* drop the ids that left the list: they never return, and a board is open for weeks */
    for (i = 0; i < calls.length; i += 1) {
      if (!known[calls[i].id] && now && now - calls[i].at < TOO_OLD) queue.push(calls[i]);
      heard[calls[i].id] = true;
    }
    next();
  }
  function card(call) {
    var pattern = document.getElementById("hero-pattern").cloneNode(true);
    pattern.querySelector("[data-number]").innerHTML = call.number;
    pattern.querySelector("[data-counter]").innerHTML = call.counter;
    return pattern.innerHTML;
  }
  function next() {
    var call, since;
    if (isBusy || !queue.length) return;
    isBusy = isShowing = true;
    call = queue.shift();
    since = Date.now();
    hero.innerHTML = card(call);
    hero.className = "hero";
    hero.setAttribute("data-shown", call.id);
    window.setTimeout(function () { hero.className = "hero calling"; }, 50);
    announce(call, function () {
      window.setTimeout(function () {
        isBusy = isShowing = false;
        if (queue.length) return next();
        hero.innerHTML = restingHero;
        words();
      }, Math.max(0, SHOWN_FOR - (Date.now() - since)));
    });
  }

  /* sound */
  var unlock = document.getElementById("unlock");
  var soundOn = document.getElementById("sound-on");
  var soundOff = document.getElementById("sound-off");
  var isOn = false;
  function setSound(now) {
    isOn = now;
    soundOn.hidden = !now;
    soundOff.hidden = now;
  }
  function announce(call, done) {
    if (!isOn) return done();
    window.pst.voice.say(call, function (wasHeard) {
      if (!wasHeard) setSound(false);
      done();
    });
  }
  function press() {
    unlock.hidden = true;
    setSound(true);
    if (isBusy) return; /* a call is being announced, and the next one follows it */
    isBusy = true;
    window.pst.voice.unlock(function (wasHeard) {
      setSound(wasHeard);
      isBusy = false;
      next();
    });
  }

  /* state */
  function replace(part, fresh) {
    if (part === hero) {
      restingHero = fresh.innerHTML;
      if (isShowing) return;
    }
    if (part.innerHTML !== fresh.innerHTML) part.innerHTML = fresh.innerHTML;
  }
  function show(html, now) {
    var fresh = document.createElement("div");
    var parts = halls.querySelectorAll("[data-part]");
    var i, other;
    fresh.innerHTML = html;
    hear(listed(fresh), now);
    for (i = 0; i < parts.length; i += 1) {
      other = fresh.querySelector('[data-part="' + parts[i].getAttribute("data-part") + '"]');
      if (other) replace(parts[i], other);
    }
  }
  function ask() {
    var request = new XMLHttpRequest();
    var again = function () { window.setTimeout(ask, EVERY); };
    request.open("GET", halls.getAttribute("data-state") + "?suara=" + (isOn ? "menyala" : "mati"), true);
    request.timeout = 4000;
    if (etag) request.setRequestHeader("If-None-Match", etag);
    request.onload = function () {
      if (request.status === 403) return window.location.reload(); /* the pairing of this device was revoked */
      if (request.status === 200) {
        etag = request.getResponseHeader("ETag") || "";
        show(request.responseText, (Date.parse(request.getResponseHeader("Date")) || Date.now()) / 1000);
      }
      if (request.status === 200 || request.status === 304) {
        answered = Date.now();
        setClock(request.getResponseHeader("Date"));
        setStale(false);
      }
      again();
    };
    request.onerror = again;
    request.ontimeout = again;
    request.send();
  }

  /* stale */
  function setStale(now) {
    if (now === isStale) return;
    isStale = now;
    away.hidden = !now;
    document.body.className = now ? "board stale" : "board";
    document.title = now ? "Papan antrian: sambungan terputus" : title;
    words();
  }
  function words() {
    var head = hero.querySelector("[data-title]");
    if (!head) return;
    if (isStale && !head.getAttribute("data-words")) {
      head.setAttribute("data-words", head.innerHTML);
      head.innerHTML = "Panggilan terakhir yang diketahui";
    } else if (!isStale && head.getAttribute("data-words")) {
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
  function setClock(date) {
    var told = Date.parse(date) - Date.now(); /* the header has whole seconds, so a smaller difference does not count */
    if (Math.abs(told - skew) > 1500) skew = told;
  }
  function two(number) { return (number < 10 ? "0" : "") + number; }
  function tick() {
    var now = new Date(Date.now() + skew + ahead);
    hour.innerHTML = two(now.getUTCHours()) + "." + two(now.getUTCMinutes()) + " " + zone;
    day.innerHTML = DAYS[now.getUTCDay()] + ", " + now.getUTCDate() + " " + MONTHS[now.getUTCMonth()] + " " + now.getUTCFullYear();
    awaySeconds.innerHTML = String(Math.floor((Date.now() - answered) / 1000));
    if (Date.now() - answered > STALE_AFTER) setStale(true);
  }

  hear(listed(halls), 0);
  setSound(false);
  unlock.hidden = false;
  unlock.onclick = soundOn.onclick = soundOff.onclick = press;
  unlock.focus();
  window.setInterval(tick, 1000);
  ask();
})();
