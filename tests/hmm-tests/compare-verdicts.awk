# SPDX-License-Identifier: GPL-2.0-only
#
# The verdicts of hmm-tests, case by case, against those of the kernel, as TAP.
#
#	awk -v release=6.1 -f compare-verdicts.awk KNOWN-FAILURES SKIPPED OUTPUT
#
# On the kernel every test passes but those in KNOWN-FAILURES; here those in SKIPPED
# may be skipped.

function trim(text)
{
	gsub(/^ +| +$/, "", text)
	return text
}

FILENAME == ARGV[1] || FILENAME == ARGV[2] {
	if (/^#/ || !/[|]/)
		next
	split($0, column, "|")
	if (FILENAME == ARGV[2])
		may_skip[trim(column[1])] = trim(column[2])
	else if (trim(column[1]) == release)
		fails[trim(column[2])] = trim(column[3])
	next
}

# #  RUN           hmm.hmm_device_private.open_close ...
$1 == "#" && $2 == "RUN" { name = $3 }

/^(not )?ok [0-9]/ {
	here = /# *SKIP/ ? "skip" : /^not/ ? "fail" : "pass"
	linux = name in fails ? "fail" : "pass"
	test = name
	sub(/.*[.]/, "", test)
	same = here == linux
	why = name in fails ? " (" fails[name] ")" : ""
	if (here == "skip" && test in may_skip) {
		same = 1
		why = " (" may_skip[test] ")"
	}
	printf "%s %d - %s %s: here %s, on the kernel %s%s\n", same ? "ok" : "not ok", ++number,
	       release, name, here, linux, why
}

END { print "1.." number + 0 }
