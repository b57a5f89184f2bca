// SPDX-License-Identifier: GPL-2.0-only
#include "fault_path.h"

void fault_path_reach(struct program *program, bool *reached)
{
	const struct call_node *member = call_member(program, "migrate_to_ram");

	if (member)
		call_reach(program, member, reached);
}
