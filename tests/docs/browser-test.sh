#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Every page in headless Chromium, from a server on this machine: see
# tests/docs/browser/harness.js.  Needs the pages: make docs.
#
#	tests/docs/browser-test.sh [FOLDER]	by default build/docs/html

set -u
cd "$(dirname "$0")/../.." || exit 2
pages=${1:-${DOCS_BUILD_FOLDER:-build}/docs/html}
for program in chromium python3; do
	command -v $program >/dev/null || {
		echo "1..0 # SKIP $program is not installed; tests/setup/install docs pages installs it"
		exit 0
	}
done
[ -f "$pages/index.html" ] || {
	echo "1..1"
	echo "not ok 1 - pages"
	echo "# there is no $pages/index.html; make docs makes it"
	exit 1
}

scratch=$(mktemp -d) || exit 2
server=
ended()
{
	[ -z "$server" ] || kill "$server" 2>/dev/null
	rm -rf "$scratch"
}
trap ended EXIT
trap 'exit 130' INT TERM HUP

# The harness is beside the pages, so that they are of one origin with it.
mkdir "$scratch/site" && cp -r "$pages/." "$scratch/site/" && cp -r tests/docs/browser "$scratch/site/harness"
{
	echo 'var pages = ['
	(cd "$pages" && find . -name '*.html' ! -path '*/_static/*' | sort | sed 's|^\./\(.*\)|"\1",|')
	echo ']; var queries = ['
	sed -n 's/^\([^#	][^	]*\)	*\(.*\)/{ page: "\1", query: "\2" },/p' tests/docs/browser/queries
	echo '];'
} >"$scratch/site/harness/pages.js"

: >"$scratch/port"
python3 -u -m http.server --bind 127.0.0.1 --directory "$scratch/site" 0 >"$scratch/port" 2>"$scratch/requests" &
server=$!
port=
for try in 1 2 3 4 5 6 7 8 9 10; do
	port=$(sed -n 's/.* port \([0-9]*\).*/\1/p' "$scratch/port")
	[ -z "$port" ] || break
	sleep 0.5
done
[ -n "$port" ] || { echo "Bail out! no server"; exit 1; }

chromium --headless --no-sandbox --disable-gpu --enable-logging=stderr --user-data-dir="$scratch/profile" \
	--window-size=1500,1000 --virtual-time-budget=3600000 --dump-dom \
	"http://127.0.0.1:$port/harness/harness.html" >"$scratch/dom" 2>"$scratch/console" </dev/null

sed -n '/<pre id="tap">/,/<\/pre>/p' "$scratch/dom" |
	sed -e 's/.*<pre id="tap">//' -e 's/<.*//' -e 's/&lt;/</g' -e 's/&gt;/>/g' -e 's/&amp;/\&/g' -e '/^$/d' >"$scratch/tap"
grep -qx finished "$scratch/tap" || {
	echo "Bail out! the browser did not come to the end"
	tail -n 20 "$scratch/console" "$scratch/tap" | sed 's/^/# /'
	exit 1
}

# check NAME FILE: a test more, which passes when the file is empty
check()
{
	number=$((number + 1))
	if [ -s "$2" ]; then
		echo "not ok $number - $1"
		sort "$2" | uniq -c | head -n 20 | sed 's/^/# /'
		failed=1
	else
		echo "ok $number - $1"
	fi
}

number=$(sed -n 's/^1\.\.//p' "$scratch/tap")
failed=0
! grep -q '^not ok' "$scratch/tap" || failed=1
grep 'CONSOLE' "$scratch/console" >"$scratch/said"
grep -v -e '" 200 ' -e '" 304 ' "$scratch/requests" | grep '"GET' >"$scratch/refused"
echo "1..$((number + 2))"
grep -v -e '^1\.\.' -e '^finished$' "$scratch/tap"
check "no page says anything on the console" "$scratch/said"
check "no request fails" "$scratch/refused"
exit $failed
