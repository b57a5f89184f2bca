// SPDX-License-Identifier: GPL-2.0-only
/* The table is private to the file that uses it, so this one is compiled with it. */
#include <stdio.h>

#include "../../porting-tool/kernel/dated_names.c"
#include "tables.h"

static const char *const places[] = {
	[PLACE_ANY] = "any",
	[PLACE_MACRO] = "any",
	[PLACE_STRUCT] = "struct",
	[PLACE_CALL] = "call",
	[PLACE_CALL_OF_ONE] = "call of 1",
	[PLACE_CALL_OF_TWO] = "call of 2",
	[PLACE_CALL_OF_THREE] = "call of 3",
	[PLACE_MEMBER] = "member",
	[PLACE_MEMBER_OF_PAGE] = "member of page",
	[PLACE_MEMBER_OF_PAGEMAP] = "member of pagemap",
	[PLACE_OPERATION] = "operation",
};

static void write_release(int number, const char *end)
{
	if (number && number != INT_MAX)
		printf("(%d, %d)%s", number / 1000, number % 1000, end);
	else
		printf("None%s", end);
}

void write_names(void)
{
	puts("# Names that came or went: where they count, the first release with each and the first one");
	puts("# without it, what to do instead, and whether the port takes care of it.");
	puts("Dated = collections.namedtuple(\"Dated\", \"name place form since until instead ported\")");
	puts("DATED_NAMES = (");
	for (size_t i = 0; i < COUNT(entries); i++) {
		printf("\tDated(\"%s\", \"%s\", \"%s\", ", entries[i].name,
		       places[entries[i].place], forms[entries[i].place]);
		write_release(entries[i].since, ", ");
		write_release(entries[i].until, ",");
		printf("\n\t      \"%s\", %s),\n", entries[i].instead,
		       entries[i].ported ? "True" : "False");
	}
	puts(")");
}
