// SPDX-License-Identifier: GPL-2.0-only
/*
 * A function whose paths are too many to follow: what was found in it may not be all.
 */
#include "check.h"

const struct check check_too_many_paths = {
	.rule = {
		.name = "too-many-paths",
		.summary = "a function has too many paths to be checked in full",
		.severity = SEVERITY_WARNING,
		.since = "5.4",
		.explanation =
"Every path through a function that migrates is followed, with what its\n"
"conditions tell. Here there were more than the limit, even with most conditions\n"
"left aside. What was found on the paths that were followed holds; rules about\n"
"all paths, such as finalize-missing, were not applied to this function.\n"
"\n"
"Smaller functions help both this program and the next reader.",
	},
};
