// SPDX-License-Identifier: GPL-2.0-only
#include "dated_use.h"

#include "type.h"

bool dated_use_at(const struct program *program, const struct unit *unit, uint32_t token,
		  int release, struct dated_name *found)
{
	const char *tag = dated_name_of_struct(&unit->syntax, token) ?
				  struct_before(program, unit, token) : NULL;

	return dated_name_at(&unit->syntax, token, tag, release, found);
}
