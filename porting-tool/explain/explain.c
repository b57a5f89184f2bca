// SPDX-License-Identifier: GPL-2.0-only
#include "explain.h"

#include <string.h>

#include "commands/commands.h"

static int unknown(const char *name)
{
	const struct rule *nearest = rule_nearest(name);

	fprintf(stderr,
		"migrate-vma: '%s' is neither a rule nor a name of the kernel that came, went or "
		"changed",
		name);
	if (nearest)
		fprintf(stderr, "; is it the rule '%s'?\n", nearest->name);
	else
		fputs("; `migrate-vma explain` lists the rules\n", stderr);
	return STATUS_TROUBLE;
}

int explain_main(const char *what)
{
	int status = STATUS_DONE;
	const struct rule *rule = what ? rule_find(what) : NULL;

	if (!what)
		explain_rules();
	else if (!strcmp(what, "-"))
		status = explain_log(stdin) ? STATUS_DONE : STATUS_LEFT;
	else if (rule)
		explain_rule(rule);
	else if (!explain_name(what))
		return unknown(what);
	if (ferror(stdin)) {
		perror("migrate-vma: reading standard input");
		return STATUS_TROUBLE;
	}
	if (fflush(stdout) || ferror(stdout)) {
		perror("migrate-vma: writing to standard output");
		return STATUS_TROUBLE;
	}
	return status;
}
