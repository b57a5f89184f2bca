// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>

#include "../../porting-tool/kernel/release.h"
#include "tables.h"

static const char *python_bool(bool value)
{
	return value ? "True" : "False";
}

void write_releases(void)
{
	const char *name, *error;

	puts("# Every release that a driver can be ported to, and what it asks of one.");
	puts("Release = collections.namedtuple(");
	puts("\t\"Release\", \"number owner owner_only_to_ram flags fault_page pfn_locked\")");
	puts("RELEASES = (");
	for (size_t i = 0; (name = release_list(i)); i++) {
		const struct release *release = release_find(name, &error);
		const char *owner = release->owner_member;

		printf("\tRelease((%d, %d), %s%s%s, %s, %s, %s, %s),\n", release->number / 1000,
		       release->number % 1000, owner ? "\"" : "", owner ? owner : "None",
		       owner ? "\"" : "", python_bool(release->owner_only_to_ram),
		       python_bool(release->flags_member), python_bool(release->fault_page_member),
		       python_bool(release->pfn_locked));
	}
	puts(")");
}
