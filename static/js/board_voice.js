/* board_voice.js: the voice of the board. ES5 and one <audio> element, for televisions of 2016.

   pst.voice.unlock(done)        call it within a press: plays chime and test words; done(true) when a sound was played
   pst.voice.say(call, done)     plays chime, pause, then the pieces one after the other; uses the browser's own voice
                                 when a piece fails, and is silent when that fails too. Always calls `done` once.
   When a piece begins, the page gets the event "pst:played", detail = name of the piece. */
(function () {
  "use strict";

  var PAUSE = 300;
  var PIECE_LIMIT = 5000;
  var WORDS_LIMIT = 15000;
  var CHIME = "nada";
  var address = document.getElementById("isi").getAttribute("data-sound");
  var player = window.Audio ? new window.Audio() : null;
  var chime = window.Audio ? new window.Audio() : null;

  function addressOf(piece) { return address.replace("/" + CHIME + ".", "/" + piece + "."); }
  function tell(piece) {
    var event = document.createEvent("CustomEvent");
    event.initCustomEvent("pst:played", true, false, piece);
    document.dispatchEvent(event);
  }

  /* plays one piece; done(true) when it was played to its end */
  function play(piece, done) {
    var audio = piece === CHIME ? chime : player;
    var over = false;
    var timer, promise;
    function end(heard) {
      if (over) return;
      over = true;
      window.clearTimeout(timer);
      audio.onended = audio.onerror = audio.onplaying = null;
      done(heard);
    }
    if (!audio) return done(false);
    audio.onplaying = function () {
      audio.onplaying = null;
      tell(piece);
    };
    audio.onended = function () { end(true); };
    audio.onerror = function () { end(false); };
    timer = window.setTimeout(function () { audio.pause(); end(false); }, PIECE_LIMIT);
    if (audio.getAttribute("src") !== addressOf(piece)) audio.src = addressOf(piece);
    else if (audio.currentTime) audio.currentTime = 0;
    promise = audio.play();
    if (promise && promise["catch"]) promise["catch"](function () { end(false); });
  }
  function playAll(pieces, done) {
    if (!pieces.length) return done(true);
    play(pieces[0], function (heard) {
      if (heard) playAll(pieces.slice(1), done);
      else done(false);
    });
  }

  /* the browser's own voice */
  function speak(words, done) {
    var over = false;
    var speech, timer;
    function end(heard) {
      if (over) return;
      over = true;
      window.clearTimeout(timer);
      done(heard);
    }
    if (!window.speechSynthesis || !window.SpeechSynthesisUtterance) return end(false);
    if (!window.speechSynthesis.getVoices().length) return end(false);
    speech = new window.SpeechSynthesisUtterance(words);
    speech.lang = "id-ID";
    speech.rate = 0.9;
    speech.onstart = function () { tell("ucapan"); };
    speech.onend = function () { end(true); };
    speech.onerror = function () { end(false); };
    timer = window.setTimeout(function () { window.speechSynthesis.cancel(); end(false); }, WORDS_LIMIT);
    window.speechSynthesis.speak(speech);
  }

  function say(call, done) {
    play(CHIME, function () {
      window.setTimeout(function () {
        playAll(call.pieces, function (heard) {
          if (heard) done(true);
          else speak(call.words, done);
        });
      }, PAUSE);
    });
  }
  function unlock(done) {
    if (player) {
      player.src = addressOf("uji-suara"); /* some browsers unlock each element separately, and only within the press */
      player.load();
    }
    say({ pieces: ["uji-suara"], words: "Suara papan menyala" }, done);
  }

  if (window.speechSynthesis) window.speechSynthesis.getVoices(); /* browsers load the voices at the first call */
  if (chime) {
    chime.preload = "auto";
    chime.src = addressOf(CHIME);
  }
  window.pst = { voice: { say: say, unlock: unlock } };
})();
