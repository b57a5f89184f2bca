// SPDX-License-Identifier: GPL-2.0-only
/* The table is private to the file that uses it, so this one is compiled with it. */
#include <stdio.h>

#include "../../porting-tool/rules/names.c"
#include "tables.h"

static const char *const places[] = {
	[WHERE_ANYWHERE] = "anywhere", [WHERE_CALL] = "call",	  [WHERE_ACCESS] = "access",
	[WHERE_OPERATION] = "operation", [WHERE_OF_ONE] = "1",	  [WHERE_OF_TWO] = "2",
	[WHERE_OF_THREE] = "3",
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
	puts("# Names by release: the first one with it and the first one without it, if there are any.");
	puts("# They count anywhere, in a call, in a call with so many arguments, as a member, or where");
	puts("# a struct dev_pagemap_ops sets them.");
	puts("Dated = collections.namedtuple(\"Dated\", \"name where since until instead\")");
	puts("DATED_NAMES = (");
	for (size_t i = 0; i < COUNT(dated_names); i++) {
		printf("\tDated(\"%s\", \"%s\", ", dated_names[i].name, places[dated_names[i].where]);
		write_release(dated_names[i].since, ", ");
		write_release(dated_names[i].until, ",");
		printf("\n\t      \"%s\"),\n", dated_names[i].instead);
	}
	puts(")");
}
