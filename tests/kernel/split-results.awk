# SPDX-License-Identifier: GPL-2.0-only
#
# Takes apart what init told: NAME.output, NAME.log and NAME.status for each job,
# in the folder that the variable `jobs` names.  A job that the machine did not
# survive has the status "crashed".

function path(what) { return jobs "/" name "." what }

{ sub(/\r$/, "") }

/^@@ begin / { name = $3; to = path("output"); printf "" >to; next }
/^@@ log / { to = path("log"); printf "" >to; next }
/^@@ end / { print $4 >path("status"); close(path("output")); close(path("log")); to = ""; next }
to != "" { print >to }

END {
	if (to != "")
		print "crashed" >path("status")
}
