// SPDX-License-Identifier: GPL-2.0-only
/*
 * A random driver on standard output:
 *
 *	generate SEED [OPTION...]	without these options, as CONTEXT_RETURN
 *	generate --options SEED [...]	the options the driver has, one a line
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver.h"

static void list(const struct choices *choices)
{
	int d, o;

	for (d = 0; d < DIMENSION_COUNT; d++)
		for (o = 0; o < option_count(d); o++)
			if (choices->taken[d][o])
				printf("%s%s\n", o ? "" : "plain ", option_name(d, o));
}

int main(int argc, char **argv)
{
	bool options = argc > 1 && !strcmp(argv[1], "--options");
	static struct choices choices;
	static struct driver driver;
	struct files files;
	unsigned int f;
	int i = options ? 2 : 1;

	if (argc <= i) {
		fprintf(stderr, "usage: %s [--options] SEED [OPTION...]\n", argv[0]);
		return 2;
	}
	choices.seed = strtoull(argv[i], NULL, 0);
	while (++i < argc) {
		if (!option_off(&choices, argv[i])) {
			fprintf(stderr, "%s: no such option, or the plainest of its kind\n", argv[i]);
			return 2;
		}
	}
	driver_choose(&driver, &choices);
	driver_write(&driver, &files);
	if (options)
		list(&choices);
	for (f = 0; !options && f < files.count; f++) {
		if (files.count > 1)
			printf("%s==> %s <==\n", f ? "\n" : "", files.file[f].name);
		fwrite(files.file[f].text.bytes, 1, files.file[f].text.length, stdout);
	}
	files_release(&files);
	return ferror(stdout) ? 1 : 0;
}
