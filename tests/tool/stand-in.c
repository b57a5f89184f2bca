// SPDX-License-Identifier: GPL-2.0-only
/*
 * Takes the place of the port in the tests of this folder: every "migrate_vma(" becomes
 * "three_steps(", whatever is around it, except where "leave" follows within the line.
 */
#include <stdlib.h>
#include <string.h>

#include "../../porting-tool/memory.h"
#include "../../porting-tool/port.h"
#include "../../porting-tool/print/stream.h"

#define OLD "migrate_vma("
#define NEW "three_steps("

void __wrap_port_files(struct port_file *files, size_t count, const struct release *target,
		       const struct clang_setup *setup, struct diagnostics *diagnostics);
size_t __wrap_list_uses(const struct source *source, struct use **uses);

/* Not strstr(): under ASan that counts the whole text each time. */
static const char *next_call(const struct source *source, const char *from)
{
	return memmem(from, source->size - (size_t)(from - source->text), OLD, strlen(OLD));
}

static bool is_left(const char *text)
{
	return memmem(text, strcspn(text, "\n"), "leave", strlen("leave"));
}

static void port_file(struct port_file *file, struct diagnostics *diagnostics)
{
	const char *text = file->source->text, *next;
	char *result;
	size_t size;
	FILE *stream = stream_to_memory(&result, &size);

	for (; (next = next_call(file->source, text)); text = next + strlen(OLD)) {
		file->uses++;
		fwrite(text, 1, (size_t)(next - text), stream);
		fputs(is_left(next) ? OLD : NEW, stream);
		if (!is_left(next)) {
			file->ported++;
			continue;
		}
		file->left++;
		diagnose(diagnostics, file->source, (size_t)(next - file->source->text),
			 SEVERITY_ERROR, "stand-in", "this one is left as it is");
		diagnose(diagnostics, file->source, (size_t)(next - file->source->text),
			 SEVERITY_NOTE, "stand-in", "the text asks for it");
	}
	fputs(text, stream);
	fclose(stream);
	if (file->ported) {
		file->result = result;
		file->result_size = size;
	} else {
		free(result);
	}
}

void __wrap_port_files(struct port_file *files, size_t count, const struct release *target,
		       const struct clang_setup *setup, struct diagnostics *diagnostics)
{
	(void)target;
	(void)setup;
	for (size_t i = 0; i < count; i++)
		port_file(&files[i], diagnostics);
}

size_t __wrap_list_uses(const struct source *source, struct use **uses)
{
	size_t count = 0, capacity = 0;
	const char *text = source->text;

	for (*uses = NULL; (text = next_call(source, text)); text += strlen(OLD)) {
		*uses = grow(*uses, count, &capacity, sizeof(**uses));
		(*uses)[count].kind = USE_CALL;
		(*uses)[count].offset = (size_t)(text - source->text);
		(*uses)[count++].name = strdup("migrate_vma");
	}
	return count;
}
