// SPDX-License-Identifier: GPL-2.0-only
/* The table is private to the file that uses it, so this one is compiled with it. */
#include <stdio.h>

#include "../../porting-tool/understand/neighbours.c"
#include "tables.h"

void write_neighbours(void)
{
	puts("# What a driver of that age uses beside migrate_vma(): since when it is gone, what to do");
	puts("# instead, and whether the name counts as that of a member or of a function only.");
	puts("Neighbour = collections.namedtuple(\"Neighbour\", \"gone what member call\")");
	puts("NEIGHBOURS = {");
	for (size_t i = 0; i < sizeof(neighbours) / sizeof(*neighbours); i++)
		printf("\t\"%s\": Neighbour(\n\t\t(%d, %d), \"%s\",\n\t\t%s, %s),\n",
		       neighbours[i].name, neighbours[i].gone / 1000, neighbours[i].gone % 1000,
		       neighbours[i].what, neighbours[i].member ? "True" : "False",
		       neighbours[i].call ? "True" : "False");
	puts("}");
}
