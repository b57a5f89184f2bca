// SPDX-License-Identifier: GPL-2.0-only
#include "sarif.h"

#include <ctype.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks/rules.h"
#include "version.h"
#include "stream.h"
#include "utf8.h"

static const char *const levels[] = {
	[SEVERITY_ERROR] = "error", [SEVERITY_WARNING] = "warning", [SEVERITY_NOTE] = "note",
};

static void add_text(struct json_object *to, const char *name, const char *text)
{
	size_t length;
	char *copy = utf8_copy(text, strlen(text), &length);

	json_object_object_add(to, name, json_object_new_string_len(copy, (int)length));
	free(copy);
}

/* SARIF wraps each text for people in an object. */
static void add_message(struct json_object *to, const char *name, const char *text)
{
	struct json_object *message = json_object_new_object();

	add_text(message, "text", text);
	json_object_object_add(to, name, message);
}

static struct json_object *add_object(struct json_object *to, const char *name)
{
	struct json_object *object = json_object_new_object();

	json_object_object_add(to, name, object);
	return object;
}

static struct json_object *add_array(struct json_object *to, const char *name)
{
	struct json_object *array = json_object_new_array();

	json_object_object_add(to, name, array);
	return array;
}

static void add_rule(struct json_object *rules, const struct rule *rule)
{
	struct json_object *object = json_object_new_object();
	char uri[200];

	add_text(object, "id", rule->name);
	add_message(object, "shortDescription", rule->summary);
	add_message(object, "fullDescription", rule->explanation);
	add_message(object, "help", rule->explanation);
	if (*MIGRATE_VMA_RULES_URI) {
		snprintf(uri, sizeof(uri), MIGRATE_VMA_RULES_URI "#rule-%s", rule->name);
		add_text(object, "helpUri", uri);
	}
	add_text(add_object(object, "defaultConfiguration"), "level", levels[rule->severity]);
	json_object_array_add(rules, object);
}

static void add_tool(struct json_object *run)
{
	struct json_object *driver = add_object(add_object(run, "tool"), "driver");
	struct json_object *rules;
	const struct rule *rule;

	add_text(driver, "name", "migrate-vma");
	add_text(driver, "version", MIGRATE_VMA_VERSION);
	rules = add_array(driver, "rules");
	for (size_t i = 0; (rule = rule_at(i)); i++)
		if (rule_checked(rule))
			add_rule(rules, rule);
}

/* A path as a URI: relative paths stay relative, for services that know the repository. */
static void add_uri(struct json_object *to, const char *path)
{
	char *uri;
	size_t size;
	FILE *stream = stream_to_memory(&uri, &size);

	if (*path == '/')
		fputs("file://", stream);
	for (; *path; path++) {
		unsigned char byte = (unsigned char)*path;

		if (byte < 0x80 && (isalnum(byte) || strchr("/-._~", byte)))
			putc(byte, stream);
		else
			fprintf(stream, "%%%02X", byte);
	}
	fclose(stream);
	add_text(to, "uri", uri);
	free(uri);
}

/* A column in characters from a line and a column in bytes. */
static size_t character_column(const struct source *source, size_t line, size_t byte_column)
{
	size_t start, column = 1;

	if (!source || line > source->line_count)
		return byte_column;
	start = source->lines[line - 1];
	for (size_t i = start; i < start + byte_column - 1 && i < source->size; i++)
		column += ((unsigned char)source->text[i] & 0xc0) != 0x80;
	return column;
}

static struct json_object *location(const struct found_files *found,
				    const struct diagnostic *diagnostic)
{
	struct json_object *object = json_object_new_object();
	struct json_object *physical = add_object(object, "physicalLocation");

	add_uri(add_object(physical, "artifactLocation"), diagnostic->path);
	if (diagnostic->line) {
		const struct source *source = found_source(found, diagnostic->path);
		struct json_object *region = add_object(physical, "region");

		json_object_object_add(region, "startLine",
				       json_object_new_int64(diagnostic->line));
		json_object_object_add(
			region, "startColumn",
			json_object_new_int64((int64_t)character_column(
				source, diagnostic->line, diagnostic->column)));
	}
	return object;
}

static void add_place(struct json_object *region, const struct source *source, size_t offset,
		      const char *line_name, const char *column_name)
{
	size_t line = source_line(source, offset) + 1;
	size_t column = character_column(source, line, source_column(source, offset) + 1);

	json_object_object_add(region, line_name, json_object_new_int64((int64_t)line));
	json_object_object_add(region, column_name, json_object_new_int64((int64_t)column));
}

static void add_fix(struct json_object *result, const struct found_files *found,
		    const struct diagnostic *diagnostic)
{
	const struct source *source = found_source(found, diagnostic->path);
	struct json_object *fix, *change, *replacements;

	if (!diagnostic->fix || !source)
		return;
	fix = json_object_new_object();
	change = json_object_new_object();
	json_object_array_add(add_array(result, "fixes"), fix);
	json_object_array_add(add_array(fix, "artifactChanges"), change);
	add_uri(add_object(change, "artifactLocation"), diagnostic->path);
	replacements = add_array(change, "replacements");
	for (const struct fix *at = diagnostic->fix; at; at = at->next) {
		struct json_object *replacement = json_object_new_object();
		struct json_object *region = add_object(replacement, "deletedRegion");

		add_place(region, source, at->start, "startLine", "startColumn");
		add_place(region, source, at->end, "endLine", "endColumn");
		add_message(replacement, "insertedContent", at->text);
		json_object_array_add(replacements, replacement);
	}
}

static void add_result(struct json_object *results, const struct found_files *found,
		       const struct diagnostic *diagnostic, size_t notes)
{
	struct json_object *result = json_object_new_object(), *related;

	add_text(result, "ruleId", diagnostic->rule);
	add_text(result, "level", levels[diagnostic->severity]);
	add_message(result, "message", diagnostic->text);
	json_object_array_add(add_array(result, "locations"), location(found, diagnostic));
	if (notes) {
		related = add_array(result, "relatedLocations");
		for (size_t i = 1; i <= notes; i++) {
			struct json_object *note = location(found, &diagnostic[i]);

			add_message(note, "message", diagnostic[i].text);
			json_object_array_add(related, note);
		}
	}
	add_fix(result, found, diagnostic);
	json_object_array_add(results, result);
}

void sarif_print(FILE *out, const struct found_files *found,
		 const struct diagnostics *diagnostics)
{
	struct json_object *log = json_object_new_object(), *run, *results;
	size_t notes;

	add_text(log, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
	add_text(log, "version", "2.1.0");
	run = json_object_new_object();
	json_object_array_add(add_array(log, "runs"), run);
	add_tool(run);
	add_text(run, "columnKind", "unicodeCodePoints");
	results = add_array(run, "results");
	for (size_t i = 0; i < diagnostics->count; i += 1 + notes) {
		for (notes = 0; i + 1 + notes < diagnostics->count; notes++)
			if (diagnostics->list[i + 1 + notes].severity != SEVERITY_NOTE)
				break;
		add_result(results, found, &diagnostics->list[i], notes);
	}
	fputs(json_object_to_json_string_ext(log, JSON_C_TO_STRING_PRETTY |
					     JSON_C_TO_STRING_SPACED |
					     JSON_C_TO_STRING_NOSLASHESCAPE), out);
	putc('\n', out);
	json_object_put(log);
}
