# SPDX-License-Identifier: GPL-2.0-only
#
# Counts what one test program reported in TAP, the Test Anything Protocol.
# Prints "passed failed skipped", then a line for each thing that went wrong
# with the program as a whole.
#
# Set from outside: status (of the program), timeout (seconds it was given),
# started and ended (in seconds).
#
# A cmocka program with several groups prints a plan for each of them, so plans
# add up; cmocka also writes a skipped test as "not ok 3 # SKIP name", so the reason
# has to stand in a line "# skipped: reason" before it.  Without a reason it is a failure.

function wrong(text) {
	reasons[++wrongs] = text
}

# What stands behind SKIP is the reason, but for cmocka, which has the name there.
function skip(test) {
	skipped++
	if (!reason && $1 != "not") {
		reason = $0
		sub(/^.*#[ \t]*[Ss][Kk][Ii][Pp][ \t]*/, "", reason)
	}
	if (!reason) {
		failed++
		wrong("a test was skipped without a reason: " test)
	}
	reason = ""
}

/^1\.\.[0-9]+/ {
	has_plan = 1
	planned += substr($1, 4)
	if (toupper($0) ~ /^1\.\.0[ \t]*#[ \t]*SKIP/) {
		all_skipped = 1
		skip("all of it")
	}
	next
}

/^# skipped: / {
	reason = substr($0, 12)
	next
}

/^(not )?ok([ \t]|$)/ {
	ran++
	if (toupper($0) ~ /#[ \t]*SKIP/)
		skip($1 == "ok" ? $2 " " $3 " " $4 : $NF)
	else if ($1 == "ok")
		passed++
	else
		failed++
}

/^Bail out!/ {
	wrong("it gave up: " $0)
}

END {
	if (status == 124 || (status == 137 && ended - started >= timeout))
		wrong("it was stopped after " timeout " seconds")
	else if (status > 128)
		wrong("it was killed by signal " status - 128)
	else if (status != 0 && !failed)
		wrong("it ended with status " status " though no test in it failed")

	if (!has_plan)
		wrong("it printed no plan (a line such as 1.." (ran ? ran : 1) ")")
	else if (ran != planned)
		wrong("it planned " planned + 0 " tests and ran " ran + 0)
	else if (!ran && !all_skipped)
		wrong("it has no tests")

	if (wrongs && !failed)
		failed = 1
	print passed + 0, failed + 0, skipped + 0
	for (i = 1; i <= wrongs; i++)
		print reasons[i]
}
