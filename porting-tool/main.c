// SPDX-License-Identifier: GPL-2.0-only
/*
 * migrate-vma: ports drivers from migrate_vma() with callbacks to the three calls that replaced
 * it, and checks drivers that make these calls.
 */
#include <stdlib.h>

#include "commands/commands.h"
#include "commands/output.h"
#include "options.h"
#include "explain/explain.h"

static int run(const struct options *options)
{
	switch (options->command) {
	case COMMAND_PORT:
		return port_main(options);
	case COMMAND_CHECK:
		return check_main(options);
	case COMMAND_LIST:
		return list_main(options);
	case COMMAND_EXPLAIN:
		return explain_main(options->path_count ? options->paths[0] : NULL);
	}
	return STATUS_TROUBLE;
}

int main(int argc, char **argv)
{
	struct options options;
	int status;

	output_prepare();
	status = options_parse(&options, argc, argv);
	if (status < 0)
		status = run(&options);
	return output_finish() ? status : STATUS_TROUBLE;
}
