// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lines for make that find out what the kernel at hand has.
 */
#include "one_source.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "print/stream.h"

/* @p@ and @P@ are the prefix, in lower and in upper case. */
static const char head[] =
	"# SPDX-License-Identifier: GPL-2.0-only\n"
	"#\n"
	"# What the kernel has of the forms in @p@_compat.h: each probe there is compiled with the\n"
	"# kernel's own flags.  The answers stay with the objects in @p@_compat_probed.h, and what\n"
	"# the compiler said in @p@_compat_probed.log.\n"
	"\n";

static const char tail[] =
	"\n"
	"@p@_flags = $(NOSTDINC_FLAGS) $(LINUXINCLUDE) \\\n"
	"\t$(addprefix -include ,$(wildcard $(srctree)/include/linux/compiler_types.h)) \\\n"
	"\t$(KBUILD_CPPFLAGS) $(KBUILD_CFLAGS) $(KBUILD_CFLAGS_MODULE) -Wno-error \\\n"
	"\t-Werror=implicit-function-declaration -Werror=incompatible-pointer-types \\\n"
	"\t-Werror=int-conversion -fsyntax-only -x c\n"
	"\n"
	"quiet_cmd_@p@_probe = PROBE   $@\n"
	"      cmd_@p@_probe = for probe in $(@p@_probes); do \\\n"
	"\techo \"$$probe\" >&2; \\\n"
	"\tif $(CC) $(@p@_flags) -D@P@_PROBE_$$probe $<; then has=1; else has=0; fi; \\\n"
	"\techo \"$(@p@_hash)define @P@_HAVE_$$probe $$has\"; \\\n"
	"\tdone >$@.new 2>$(basename $@).log && mv $@.new $@\n"
	"@p@_hash := \\#\n"
	"\n"
	"$(obj)/@p@_compat_probed.h: $(src)/@p@_compat.h \\\n"
	"\t\t$(wildcard $(objtree)/include/generated/autoconf.h) FORCE\n"
	"\t$(call if_changed,@p@_probe)\n"
	"\n"
	"$(addprefix $(obj)/,$(@p@_objects)): $(obj)/@p@_compat_probed.h\n"
	"\n"
	"targets += @p@_compat_probed.h\n"
	"clean-files += @p@_compat_probed.h @p@_compat_probed.log\n"
	"ccflags-y += -I$(obj)\n";

static void put(FILE *out, const char *text, const char *prefix)
{
	for (; *text; text++) {
		if (!strncmp(text, "@p@", 3)) {
			fputs(prefix, out);
			text += 2;
		} else if (!strncmp(text, "@P@", 3)) {
			for (const char *at = prefix; *at; at++)
				putc(toupper((unsigned char)*at), out);
			text += 2;
		} else {
			putc(*text, out);
		}
	}
}

static void put_probes(const struct one_source *driver, FILE *out)
{
	const struct form_api *api;

	fprintf(out, "%s_probes :=", driver->prefix);
	for (size_t i = 0; (api = form_api_at(i)); i++)
		for (size_t form = 0; driver->used[i] && form < api->form_count; form++)
			if (form_applies(&api->forms[form], driver->range.from->number,
					 driver->range.to->number))
				fprintf(out, " \\\n\t%s", api->forms[form].name);
	putc('\n', out);
}

/* The objects that the driver's C files become; make has to build them behind the answers. */
static void put_objects(const struct one_source *driver, FILE *out)
{
	fprintf(out, "%s_objects :=", driver->prefix);
	for (size_t i = 0; i < driver->count; i++) {
		const char *path = driver->files[i].now.path, *slash = strrchr(path, '/');
		const char *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');

		if (dot && !strcmp(dot, ".c"))
			fprintf(out, " %.*s.o", (int)(dot - name), name);
	}
	putc('\n', out);
}

const char *kbuild_lines_text(const struct one_source *driver)
{
	const char *result;
	size_t size;
	char *text;
	FILE *out = stream_to_memory(&text, &size);

	put(out, head, driver->prefix);
	put_probes(driver, out);
	put_objects(driver, out);
	put(out, tail, driver->prefix);
	fclose(out);
	result = arena_copy(driver->arena, text, size);
	free(text);
	return result;
}
