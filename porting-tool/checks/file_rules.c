// SPDX-License-Identifier: GPL-2.0-only
/*
 * What finding, reading and writing files has to say.
 */
#include "rules.h"

const struct rule file_rules[] = {
	{
		.name = "no-c-files",
		.summary = "a folder has no C source below it",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "Below a folder, files that end in .c or .h, Kconfig files and "
			"makefiles are looked at.  Files and folders that begin with a dot are left out, and so "
			"are links to folders.  Name the folder of the driver's source, or the "
			"files themselves: a file that is named is taken whatever its name is.",
	},
	{
		.name = "not-text",
		.summary = "a file is not text",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "The file has a byte of value 0, which no C source has.  It may be an "
			"object file, or text in UTF-16, which iconv converts:\n"
			"\n"
			"    iconv -f UTF-16 -t UTF-8 old.c >new.c\n"
			"\n"
			"Any other encoding is fine: bytes that need not change stay as they are.",
	},
	{
		.name = "not-written",
		.summary = "a file could not be rewritten",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "With -i either all files get their new texts or none does.  A file "
			"that you may not write, a full disk, or a change that somebody made while "
			"the port was running keeps all of them as they were.  Remove the cause and "
			"run the command again.",
	},
	{
		.name = "too-large",
		.summary = "a file is too large to be a C source",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "Files of more than 64 MiB are not read.  The largest C sources that "
			"programs write are below that.",
	},
	{
		.name = "unreadable",
		.summary = "a file or folder could not be read",
		.severity = SEVERITY_ERROR,
		.since = "5.4",
		.explanation = "A path that you gave and that cannot be read ends the run: nothing is "
			"printed or written.  Below a folder the rest is worked on, with a warning, "
			"and the exit status is 2 in the end, since there may be uses that nobody "
			"saw.  A link that leads to no file, and a file that went away in the "
			"meantime, get a note only.",
	},
	{ .name = NULL },
};
