#!/bin/sh
# Install what `make run` and `make test` need on Debian or Ubuntu: system packages, .venv, .env. Quick when repeated.
#   deploy/setup.sh run    WeasyPrint's libraries, the letter's typeface, the board's voice, requirements.txt
#   deploy/setup.sh test   also a Chromium without a window, LibreOffice, qpdf, poppler-utils, a PostgreSQL and a Redis to test with, requirements-dev.txt
# Installs packages as root or with sudo without a password; otherwise prints the command to type.
set -eu
cd "$(dirname "$0")/.."
purpose=${1:-run}
packages= optional=

say() { printf '%s\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }
need() { packages="$packages $1"; }
want() { optional="$optional $1"; }

# --- Python -----------------------------------------------------------------------------------------------------------
python=${PYTHON:-}
for name in python3 python3.13 python3.12 python3.11; do
    [ -n "$python" ] && break
    has "$name" && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' && python=$name
done
[ -n "$python" ] || stop "Python 3.11 or newer is needed. Type: sudo apt-get install python3.11 python3.11-venv
(Debian 12 and 13 and Ubuntu 24.04 have it as python3: sudo apt-get install python3 python3-venv)"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || stop "$("$python" -V) is too old: 3.11 or newer is needed."
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
    need "python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"

# --- System packages --------------------------------------------------------------------------------------------------
lacks_library() { ! "$python" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$1" 2>/dev/null; }
lacks_library libpango-1.0.so.0 && need libpango-1.0-0          # brings glib, fontconfig and harfbuzz
lacks_library libpangoft2-1.0.so.0 && need libpangoft2-1.0-0
lacks_library libharfbuzz-subset.so.0 && want libharfbuzz-subset0 # letters are drawn a little slower without it
has espeak-ng || want espeak-ng                                  # the voice of the board
find /usr/share/fonts /usr/local/share/fonts -name 'LiberationSans-Regular*' 2>/dev/null | grep -q . || need fonts-liberation
find /usr/share/fonts /usr/local/share/fonts -name 'DejaVuSans.ttf' 2>/dev/null | grep -q . || need fonts-dejavu-core # its other signs

server_listens() { "$python" -c 'import socket, sys; socket.create_connection(("127.0.0.1", int(sys.argv[1])), 2)' "$1" 2>/dev/null; }
if [ "$purpose" = test ]; then
    if [ -z "${CHROMIUM:-}" ] && ! has chromium-headless-shell; then # draws pages for half the work of a whole Chromium
        if grep -q '^ID=ubuntu' /etc/os-release 2>/dev/null; then
            has chromium || has chromium-browser || has google-chrome ||
                stop "Journeys need a browser, and Ubuntu has Chromium only as a snap. Type: sudo snap install chromium
(or install Google Chrome, or set CHROMIUM to the path of one), then try again."
        else
            need chromium-headless-shell
        fi
    fi
    server=want
    [ "${SERVICES:-}" = required ] && server=need
    has soffice || $server libreoffice-calc-nogui                # the tests save workbooks with it, as an agency does
    has qpdf || $server qpdf                                     # the tests read letters with these, as others do
    has pdffonts || $server poppler-utils
    if [ "${SERVICES:-}" != none ]; then
        [ -n "${TEST_DATABASE_URL:-}" ] || server_listens 5432 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ||
            $server postgresql
        [ -n "${TEST_BROKER_URL:-}" ] || server_listens 6379 || has redis-server || $server redis-server
    fi
fi

root=
if [ "$(id -u)" = 0 ]; then root=root; elif has sudo && sudo -n true 2>/dev/null; then root=sudo; fi
as_root() { if [ "$root" = root ]; then "$@"; else sudo -n "$@"; fi; }
install() { as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"; }

if [ -n "$packages$optional" ]; then
    if ! has apt-get; then
        [ -z "$packages" ] || stop "This machine has no apt-get. Install what these Debian packages hold, then try again:$packages$optional"
    elif [ -n "$root" ]; then
        say "Installing$packages$optional"
        as_root apt-get update -q || say "apt-get update did not end well; trying with the lists that are there."
        # shellcheck disable=SC2086
        [ -z "$packages" ] || install $packages || stop "The packages could not be installed; see above."
        [ -z "$optional" ] || install $optional || say "Going on without$optional."
    elif [ -n "$packages" ]; then
        stop "System packages are missing. Type this line, then try again:
    sudo apt-get update && sudo apt-get install -y --no-install-recommends$packages$optional"
    else
        say "Going on without$optional. To have it, type: sudo apt-get install -y --no-install-recommends$optional"
    fi
fi

# --- .venv: packages are installed again only when the requirements or the Python change --------------------------------
requirements=requirements.txt
[ "$purpose" = test ] && requirements=requirements-dev.txt
state=$({ "$python" -V; cat requirements.txt constraints.txt; } | cksum)
state_test=$({ "$python" -V; cat requirements.txt requirements-dev.txt constraints.txt; } | cksum)
installed() { [ "$(cat ".venv/installed-$1" 2>/dev/null)" = "$2" ]; }
if [ "$purpose" = test ]; then wanted=$state_test; else wanted=$state; fi

if ! .venv/bin/python -c '' 2>/dev/null; then
    say "Making .venv with $("$python" -V)"
    rm -rf .venv
    "$python" -m venv .venv || { rm -rf .venv; stop "The virtual environment could not be made; see above."; }
fi
if ! installed "$purpose" "$wanted"; then
    say "Installing $requirements into .venv"
    .venv/bin/python -m pip install --disable-pip-version-check -q -r "$requirements" ||
        stop "The Python packages could not be installed; see above. Is the package index reachable?"
    [ "$purpose" = test ] && say "$state_test" >.venv/installed-test
    say "$state" >.venv/installed-run
fi

# --- .env: the secrets of this machine ----------------------------------------------------------------------------------
if [ "$purpose" = run ] && [ -z "${SECRET_KEY:-}" ] && ! grep -q '^SECRET_KEY=.' .env 2>/dev/null; then
    (umask 077 && touch .env)
    chmod 600 .env
    "$python" -c 'import secrets; print("SECRET_KEY=" + secrets.token_urlsafe(50))' >>.env
    say "Made .env with a random SECRET_KEY (see .env.example for what else it may contain)."
fi
if [ "$purpose" = run ] && [ -z "${DATA_KEYS:-}" ] && [ -f .env ] && ! grep -q '^DATA_KEYS=.' .env; then
    "$python" -c 'import secrets; print("\nDATA_KEYS=" + secrets.token_urlsafe(50))' >>.env # also in an older .env
    say "Added a random DATA_KEYS to .env. Keep a copy of .env in the safe, apart from the backup."
fi
