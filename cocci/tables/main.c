// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>

#include "tables.h"

int main(void)
{
	puts("# SPDX-License-Identifier: GPL-2.0-only");
	puts("\"\"\"Tables of migrate-vma.  Written by `make cocci-tables`: do not edit.\"\"\"");
	puts("");
	puts("import collections");
	puts("");
	puts("MEMBERS = (\"alloc_and_copy\", \"finalize_and_map\")");
	puts("ROLES = (\"vma\", \"src\", \"dst\", \"start\", \"end\", \"private\")");
	puts("");
	write_releases();
	puts("");
	write_names();
	return fflush(stdout) ? 1 : 0;
}
