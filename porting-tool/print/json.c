// SPDX-License-Identifier: GPL-2.0-only
#include "json.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "version.h"
#include "patch.h"
#include "patch_name.h"
#include "stream.h"
#include "utf8.h"

static struct json_object *text_of(const char *text, size_t size)
{
	size_t length;
	char *copy = utf8_copy(text, size, &length);
	struct json_object *object = json_object_new_string_len(copy, (int)length);

	free(copy);
	return object;
}

static void add_text(struct json_object *to, const char *name, const char *text)
{
	json_object_object_add(to, name, text_of(text, strlen(text)));
}

static void add_number(struct json_object *to, const char *name, size_t number)
{
	json_object_object_add(to, name, json_object_new_int64((int64_t)number));
}

static struct json_object *begin(const char *command, const struct found_files *found,
				 const struct release *target)
{
	struct json_object *object = json_object_new_object();

	add_text(object, "tool", "migrate-vma");
	add_text(object, "version", MIGRATE_VMA_VERSION);
	add_text(object, "command", command);
	if (target)
		add_text(object, "target", target->name);
	add_number(object, "searched", found->searched);
	return object;
}

static void print(FILE *out, struct json_object *object)
{
	fputs(json_object_to_json_string_ext(object, JSON_C_TO_STRING_PRETTY |
					     JSON_C_TO_STRING_SPACED |
					     JSON_C_TO_STRING_NOSLASHESCAPE), out);
	putc('\n', out);
	json_object_put(object);
}

static void add_diagnostics(struct json_object *to, const struct diagnostics *diagnostics)
{
	static const char *const severities[] = {
		[SEVERITY_ERROR] = "error", [SEVERITY_WARNING] = "warning",
		[SEVERITY_NOTE] = "note",
	};
	struct json_object *list = json_object_new_array();

	for (size_t i = 0; i < diagnostics->count; i++) {
		const struct diagnostic *diagnostic = &diagnostics->list[i];
		struct json_object *object = json_object_new_object();

		add_text(object, "path", diagnostic->path);
		if (diagnostic->line) {
			add_number(object, "line", diagnostic->line);
			add_number(object, "column", diagnostic->column);
		}
		add_text(object, "severity", severities[diagnostic->severity]);
		add_text(object, "rule", diagnostic->rule);
		add_text(object, "text", diagnostic->text);
		json_object_array_add(list, object);
	}
	json_object_object_add(to, "diagnostics", list);
}

static void add_patch(struct json_object *to, const struct port_file *file, const char *base)
{
	char *name = patch_name(file->source->path, base), *text;
	struct patch patch = {
		.name = name,
		.old = file->source->text,
		.old_size = file->source->size,
		.new = file->result,
		.new_size = file->result_size,
		.created = file->created,
	};
	size_t size;
	FILE *stream = stream_to_memory(&text, &size);

	patch_print(stream, &patch, false);
	fclose(stream);
	json_object_object_add(to, "patch", text_of(text, size));
	free(text);
	free(name);
}

void json_print_port(FILE *out, const struct port_report *report)
{
	struct json_object *object = begin("port", report->found, report->target);
	struct json_object *files = json_object_new_array();
	struct json_object *summary = json_object_new_object();
	struct port_totals totals = port_totals(report);
	char *base = NULL;

	for (size_t i = 0; i < report->found->count; i++) {
		const struct port_file *file = &report->files[i];
		struct json_object *entry;

		if (!file->uses && !file->left && !file->result)
			continue;
		entry = json_object_new_object();
		add_text(entry, "path", file->source->path);
		add_number(entry, "uses", file->uses);
		add_number(entry, "ported", file->ported);
		add_number(entry, "left", file->left);
		json_object_object_add(entry, "changed",
				       json_object_new_boolean(file->result != NULL));
		if (file->result && !base)
			base = patch_base(file->source->path);
		if (file->result)
			add_patch(entry, file, base);
		json_object_array_add(files, entry);
	}
	json_object_object_add(object, "files", files);
	add_diagnostics(object, report->diagnostics);
	add_number(summary, "uses", totals.uses);
	add_number(summary, "ported", totals.ported);
	add_number(summary, "files", totals.files);
	add_number(summary, "changed", totals.changed);
	add_number(summary, "left", totals.left);
	json_object_object_add(object, "summary", summary);
	print(out, object);
	free(base);
}

void json_print_check(FILE *out, const struct found_files *found, const struct release *target,
		      const struct diagnostics *diagnostics)
{
	struct json_object *object = begin("check", found, target);

	add_diagnostics(object, diagnostics);
	print(out, object);
}

static void add_uses(struct json_object *to, const struct source *source)
{
	struct use *uses;
	size_t count = list_uses(source, &uses);

	for (size_t i = 0; i < count; i++) {
		struct json_object *object = json_object_new_object();
		size_t line = source_line(source, uses[i].offset);

		add_text(object, "path", source->path);
		add_number(object, "line", line + 1);
		add_number(object, "column", uses[i].offset - source->lines[line] + 1);
		add_text(object, "kind", use_kind_name(uses[i].kind));
		add_text(object, "name", uses[i].name);
		json_object_array_add(to, object);
		free(uses[i].name);
	}
	free(uses);
}

void json_print_uses(FILE *out, const struct found_files *found,
		     const struct diagnostics *diagnostics)
{
	struct json_object *object = begin("list", found, NULL);
	struct json_object *uses = json_object_new_array();

	for (size_t i = 0; i < found->count; i++)
		add_uses(uses, &found->list[i]);
	json_object_object_add(object, "uses", uses);
	add_diagnostics(object, diagnostics);
	print(out, object);
}
