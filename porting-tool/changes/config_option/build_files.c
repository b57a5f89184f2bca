// SPDX-License-Identifier: GPL-2.0-only
#include "build_files.h"

#include "kconfig.h"
#include "makefile.h"

static const struct {
	bool (*is)(const char *path);
	void (*port)(struct port_file *file);
} kinds[] = {
	{ is_kconfig, port_kconfig },
	{ is_makefile, port_makefile },
};

bool is_build_file(const char *path)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (kinds[i].is(path))
			return true;
	return false;
}

void port_build_file(struct port_file *file)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (kinds[i].is(file->source->path))
			kinds[i].port(file);
}
