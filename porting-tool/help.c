// SPDX-License-Identifier: GPL-2.0-only
#include "help.h"

static const char general[] =
	"Ports kernel drivers from migrate_vma() and its callbacks to migrate_vma_setup(),\n"
	"migrate_vma_pages() and migrate_vma_finalize(), and from one release to a later one.\n"
	"\n"
	"  migrate-vma port PATH...       print the port as a patch; -i rewrites the files\n"
	"  migrate-vma check PATH...      look for mistakes in a driver that uses the three calls\n"
	"  migrate-vma list PATH...       show every use of the old and the new API\n"
	"  migrate-vma explain WHAT       a diagnostic, a kernel name, a failed build (-)\n"
	"\n"
	"PATH is a file, a folder (every .c and .h below it), or - for standard input.\n"
	"\n"
	"      --target=REL     kernel release the driver is for, 5.4 to %s (default %s)\n"
	"      --for=REL..REL   port: one source for all kernels of a range\n"
	"  -i, --in-place       port: rewrite the files instead of printing a patch\n"
	"      --format=FORMAT  port: diff, mbox (for git am), json; check: gcc, json, sarif\n"
	"  -p BUILD_DIR         take compiler options from BUILD_DIR/compile_commands.json\n"
	"      --kernel=DIR     take headers from a configured kernel tree; not needed\n"
	"  -j, --jobs=N         use N threads (default: all processors)\n"
	"      --color=WHEN     auto, always or never\n"
	"  -q, --quiet          no summary\n"
	"  -h, --help           this page; migrate-vma port --help has the details\n"
	"      --version        show the version\n"
	"  -- CLANG_ARGS        options for clang: -Iinclude -DCONFIG_FOO ...\n"
	"\n"
	"Exit status: 0 all done, 1 something is left for you, 2 it could not be tried.\n";

static const char port[] =
	"usage: migrate-vma port [OPTION]... PATH... [-- CLANG_ARGS]\n"
	"\n"
	"Prints a patch that brings the driver in PATH, of any release from Linux 4.14 on, to\n"
	"another: calls of migrate_vma() and their callbacks become the three calls of 5.4, and\n"
	"what is around them gets its later form. Nothing is written to disk. Give a driver's\n"
	"files together: those that need each other are ported together, or not at all.\n"
	"\n"
	"      --target=REL     kernel release to port to, 5.4 to %s (default %s);\n"
	"                       --target=list shows them all\n"
	"      --for=REL..REL   one source for all kernels of a range: with a header of the\n"
	"                       driver's own and lines for its Kbuild file, which find out\n"
	"                       what the kernel at hand has\n"
	"  -i, --in-place       rewrite the files instead; - is copied to standard output\n"
	"      --format=diff    a unified diff for git apply and patch -p1 (the default)\n"
	"      --format=mbox    a patch with a commit message for git am\n"
	"      --format=json    results, diagnostics and patches as one JSON object\n"
	"  -p BUILD_DIR         take compiler options from BUILD_DIR/compile_commands.json\n"
	"      --kernel=DIR     take headers from a configured kernel tree; not needed\n"
	"  -j, --jobs=N         use N threads (default: all processors)\n"
	"      --color=WHEN     auto, always or never\n"
	"  -q, --quiet          no summary\n"
	"\n"
	"Exit status: 0 when every old use was ported or there was none, 1 when something is\n"
	"left for you, each with a diagnostic that says why, 2 on wrong usage or when a file\n"
	"could not be read or written.\n"
	"\n"
	"    migrate-vma port drivers/gpu/foo | git apply\n"
	"    migrate-vma port --target=6.1 -i foo.c foo.h\n"
	"    migrate-vma port --for=5.4..7.3 -i drivers/gpu/foo\n"
	"    migrate-vma port --format=mbox . | git am\n";

static const char check[] =
	"usage: migrate-vma check [OPTION]... PATH... [-- CLANG_ARGS]\n"
	"\n"
	"Looks for mistakes in drivers that call migrate_vma_setup(), migrate_vma_pages() and\n"
	"migrate_vma_finalize(). Each finding names a rule; migrate-vma explain RULE shows\n"
	"what is wrong and what is right.\n"
	"\n"
	"      --target=REL     kernel release the driver is for, 5.4 to %s (default %s);\n"
	"                       --target=list shows them all\n"
	"      --format=gcc     one line a finding, with its source line (the default)\n"
	"      --format=json    one JSON object\n"
	"      --format=sarif   SARIF 2.1.0, for code scanning services, with the fixes\n"
	"      --fix            rewrite the files where a finding has one right answer; all of\n"
	"                       them or none\n"
	"      --format=diff    with --fix: print the changes, and leave the files as they are\n"
	"      --write-baseline=FILE  write the findings to FILE\n"
	"      --baseline=FILE  leave out the findings that are in FILE\n"
	"  -p BUILD_DIR         take compiler options from BUILD_DIR/compile_commands.json\n"
	"      --kernel=DIR     take headers from a configured kernel tree; not needed\n"
	"  -j, --jobs=N         use N threads (default: all processors)\n"
	"      --color=WHEN     auto, always or never\n"
	"  -q, --quiet          no summary\n"
	"\n"
	"Exit status: 0 clean, 1 with findings, 2 on wrong usage or when a file could not be\n"
	"read.\n";

static const char list[] =
	"usage: migrate-vma list [OPTION]... PATH...\n"
	"\n"
	"Shows every use of the callback API and of the three calls, one a line:\n"
	"\n"
	"    PATH:LINE:COLUMN  KIND  NAME\n"
	"\n"
	"      --format=json    one JSON object\n"
	"  -j, --jobs=N         use N threads (default: all processors)\n"
	"      --color=WHEN     auto, always or never\n"
	"  -q, --quiet          no summary\n"
	"\n"
	"Exit status: 0, or 2 on wrong usage or when a file could not be read.\n";

static const char explain[] =
	"usage: migrate-vma explain [RULE | NAME | -]\n"
	"\n"
	"RULE, the name in brackets at the end of a diagnostic: what the diagnostic means, why\n"
	"the rule is there, since which release it holds, and a piece of code that is wrong and\n"
	"one that is right.\n"
	"\n"
	"NAME, a function, macro, struct or member of the kernel, the last as TAG.member or\n"
	"alone: which releases have it, with how many parameters, and what takes its place.\n"
	"\n"
	"-, the output of a failed build on standard input, of gcc, clang or modpost, or what\n"
	"the kernel says when the module is loaded: for each error the change it comes from.\n"
	"\n"
	"    make 2>&1 | migrate-vma explain -\n"
	"\n"
	"Without an argument it lists all rules.\n"
	"\n"
	"Exit status: 0; 1 when no error in a build's output is known to come from a change of\n"
	"the kernel; 2 when there is no such rule or name.\n";

static const char *const pages[] = {
	[COMMAND_PORT] = port,
	[COMMAND_CHECK] = check,
	[COMMAND_LIST] = list,
	[COMMAND_EXPLAIN] = explain,
};

/* Each %s in a page is the newest release. */
static void print_page(FILE *out, const char *page)
{
	const char *newest = release_newest()->name;

	for (; *page; page++) {
		if (page[0] == '%' && page[1] == 's') {
			fputs(newest, out);
			page++;
		} else {
			putc(*page, out);
		}
	}
}

void help_print(FILE *out)
{
	print_page(out, general);
}

void help_print_command(enum command command)
{
	print_page(stdout, pages[command]);
}

void help_print_targets(void)
{
	const char *name;

	for (size_t i = 0; (name = release_list(i)); i++)
		puts(name);
}
