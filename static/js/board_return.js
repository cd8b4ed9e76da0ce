/* board_return.js: on the board's error page, asks every 5 seconds whether the board answers, and opens it then. A browser's
   own error page has no way back, so the page is never loaded blindly. ES5 and XMLHttpRequest, as board.js. */
(function () {
  "use strict";

  var EVERY = 5000;
  var board = document.querySelector("[data-board]").getAttribute("data-board");

  function ask() {
    var request = new XMLHttpRequest();
    var again = function () { window.setTimeout(ask, EVERY); };
    request.open("HEAD", board, true);
    request.timeout = 4000;
    request.onload = function () {
      if (request.status < 500) window.location.replace(board);
      else again();
    };
    request.onerror = again;
    request.ontimeout = again;
    request.send();
  }

  window.setTimeout(ask, EVERY);
})();
