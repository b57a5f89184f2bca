/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The same results for other programs.  Each command prints one object:
 *
 *	{
 *	  "tool": "migrate-vma", "version": "0.1.0", "command": "port",
 *	  "target": "7.2",			port and check
 *	  "searched": 12,			files looked at
 *	  "files": [ {				port: each file with an old use or a change
 *	    "path": "foo.c",
 *	    "uses": 3, "ported": 3, "left": 0,	see struct port_file
 *	    "changed": true,
 *	    "patch": "--- a/foo.c..."		only if changed, as of --format=diff
 *	  } ],
 *	  "uses": [ {				list
 *	    "path": "foo.c", "line": 12, "column": 7,
 *	    "kind": "call", "name": "migrate_vma"
 *	  } ],
 *	  "diagnostics": [ {			every command
 *	    "path": "foo.c", "line": 12, "column": 7,	no line and column for a whole file
 *	    "severity": "error", "rule": "...", "text": "..."
 *	  } ],
 *	  "summary": {				port
 *	    "uses": 3, "ported": 3, "files": 1, "changed": 1, "left": 0
 *	  }
 *	}
 *
 * Lines and columns are counted from 1, columns in bytes.  Members may be added later; those that
 * are there keep their meaning.  Bytes that are not UTF-8 become U+FFFD: take the patch of a file
 * that has such bytes from --format=diff.
 */
#ifndef MIGRATE_VMA_PRINT_JSON_H
#define MIGRATE_VMA_PRINT_JSON_H

#include <stdio.h>

#include "report.h"

/** json_print_port() - the outcome of a port. */
void json_print_port(FILE *out, const struct port_report *report);

/** json_print_check() - the findings of a check. */
void json_print_check(FILE *out, const struct found_files *found, const struct release *target,
		      const struct diagnostics *diagnostics);

/** json_print_uses() - the uses that `list` shows; @diagnostics are about reading the files. */
void json_print_uses(FILE *out, const struct found_files *found,
		     const struct diagnostics *diagnostics);

#endif
