#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Lists what is not as in Linux: the headers that only stand in, and every
# comment that begins with "Stub:" or "Differs:".
#
#	api/differences.sh [FOLDER]	FOLDER is api by default

folder=${1:-$(dirname "$0")}

echo 'Headers that only stand in for those of Linux'
for header in "$folder"/stubs/linux/*.h; do
	purpose=$(sed -n '2,8s/^[/ ]\*[* ]*[a-z_-]*\.h - \(.*\)$/\1/p' "$header" | sed 's, \*/$,,')
	printf '  %-28s %s\n' "linux/${header##*/}" "$purpose"
done

echo
echo 'What does nothing (Stub), and what does it in another way (Differs)'
find "$folder" -name '*.[ch]' | sort | xargs awk -v folder="$folder/" '
# Text of a comment up to its end or to an empty line in it.
function text_of(line) {
	sub(/\*\/[ \t]*$/, "", line)
	sub(/^[ \t]*\/?\*+/, "", line)
	gsub(/^[ \t]+|[ \t]+$/, "", line)
	return line
}

FNR == 1 { reading = 0 }

/(Stub|Differs): / {
	reading = 1
	text = ""
}

reading {
	line = text_of($0)
	if (line != "")
		text = text (text ? " " : "") line
	if (line == "" || /\*\//) {
		name = FILENAME
		sub(folder, "", name)
		sub(/^include\//, "", name)
		printf "  %-28s %s\n", name, text
		reading = 0
	}
}'
