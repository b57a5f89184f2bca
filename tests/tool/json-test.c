// SPDX-License-Identifier: GPL-2.0-only
/*
 * --format=json and --format=sarif are what they say.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <json-c/json.h>

#include "../../porting-tool/print/json.h"
#include "../../porting-tool/print/sarif.h"
#include "../../porting-tool/print/stream.h"

#define OLD "/* \xc3\xa9 \xff */ migrate_vma(x);\n"
#define NEW "/* \xc3\xa9 \xff */ three_steps(x);\n"

struct run {
	struct source sources[1];
	struct found_files found;
	struct port_file files[1];
	struct diagnostics diagnostics;
	struct port_report report;
};

static int set_up(void **state)
{
	struct run *run = calloc(1, sizeof(*run));
	const char *error;

	source_set(&run->sources[0], "my file.c", OLD, strlen(OLD));
	run->found = (struct found_files){ .list = run->sources, .count = 1, .searched = 7 };
	run->files[0] = (struct port_file){
		.source = &run->sources[0], .result = strdup(NEW), .result_size = strlen(NEW),
		.uses = 3, .ported = 2, .left = 1,
	};
	diagnose(&run->diagnostics, &run->sources[0], 10, SEVERITY_WARNING, "some-rule",
		 "say \"%s\"", "\x01\xff");
	diagnose(&run->diagnostics, &run->sources[0], 0, SEVERITY_NOTE, "some-rule", "a note");
	diagnose_file(&run->diagnostics, "/other.c", SEVERITY_ERROR, "unreadable", "gone");
	run->report = (struct port_report){
		.found = &run->found, .files = run->files, .target = release_find("6.1", &error),
		.diagnostics = &run->diagnostics,
	};
	*state = run;
	return 0;
}

static int tear_down(void **state)
{
	struct run *run = *state;

	diagnostics_release(&run->diagnostics);
	source_release(&run->sources[0]);
	free(run->files[0].result);
	free(run);
	return 0;
}

/* What stands at a path such as "/files/0/path". */
static struct json_object *at(struct json_object *root, const char *path)
{
	struct json_object *object = NULL;

	if (json_pointer_get(root, path, &object))
		fail_msg("expected %s in %s", path, json_object_to_json_string(root));
	return object;
}

static const char *text_at(struct json_object *root, const char *path)
{
	return json_object_get_string(at(root, path));
}

static int number_at(struct json_object *root, const char *path)
{
	return json_object_get_int(at(root, path));
}

static struct json_object *parsed(char *text)
{
	struct json_tokener *tokener = json_tokener_new_ex(32);
	struct json_object *object;

	/* json-c 0.18 is strict about what is right: it takes letters beyond ASCII for controls. */
	if (json_c_version_num() != (0 << 16 | 18 << 8))
		json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
	if (mbstowcs(NULL, text, 0) == (size_t)-1)
		fail_msg("not UTF-8: %s", text);
	object = json_tokener_parse_ex(tokener, text, -1);
	if (!object)
		fail_msg("%s: %s", json_tokener_error_desc(json_tokener_get_error(tokener)), text);
	json_tokener_free(tokener);
	free(text);
	return object;
}

static void a_port_is_described(void **state)
{
	struct run *run = *state;
	struct json_object *root;
	char *text;
	size_t size;
	FILE *stream = stream_to_memory(&text, &size);

	json_print_port(stream, &run->report);
	fclose(stream);
	root = parsed(text);
	assert_string_equal(text_at(root, "/tool"), "migrate-vma");
	assert_string_equal(text_at(root, "/command"), "port");
	assert_string_equal(text_at(root, "/target"), "6.1");
	assert_int_equal(number_at(root, "/searched"), 7);
	assert_string_equal(text_at(root, "/files/0/path"), "my file.c");
	assert_int_equal(number_at(root, "/files/0/uses"), 3);
	assert_int_equal(number_at(root, "/files/0/ported"), 2);
	assert_int_equal(number_at(root, "/files/0/left"), 1);
	assert_true(json_object_get_boolean(at(root, "/files/0/changed")));
	assert_string_equal(text_at(root, "/files/0/patch"),
			    "--- a/my file.c\t\n+++ b/my file.c\t\n@@ -1 +1 @@\n"
			    "-/* \xc3\xa9 \xef\xbf\xbd */ migrate_vma(x);\n"
			    "+/* \xc3\xa9 \xef\xbf\xbd */ three_steps(x);\n");
	assert_string_equal(text_at(root, "/diagnostics/0/severity"), "warning");
	assert_string_equal(text_at(root, "/diagnostics/0/rule"), "some-rule");
	assert_string_equal(text_at(root, "/diagnostics/0/text"), "say \"\x01\xef\xbf\xbd\"");
	assert_int_equal(number_at(root, "/diagnostics/0/line"), 1);
	assert_int_equal(number_at(root, "/diagnostics/0/column"), 11);
	assert_string_equal(text_at(root, "/diagnostics/2/path"), "/other.c");
	assert_false(json_object_object_get_ex(at(root, "/diagnostics/2"), "line", NULL));
	assert_int_equal(number_at(root, "/summary/left"), 1);
	json_object_put(root);
}

static void a_check_is_described(void **state)
{
	struct run *run = *state;
	struct json_object *root;
	char *text;
	size_t size;
	FILE *stream = stream_to_memory(&text, &size);

	json_print_check(stream, &run->found, run->report.target, &run->diagnostics);
	fclose(stream);
	root = parsed(text);
	assert_string_equal(text_at(root, "/command"), "check");
	assert_string_equal(text_at(root, "/diagnostics/1/text"), "a note");
	json_object_put(root);
}

static void sarif_has_what_services_need(void **state)
{
	struct run *run = *state;
	struct json_object *root;
	char *text;
	size_t size;
	FILE *stream = stream_to_memory(&text, &size);

	sarif_print(stream, &run->found, &run->diagnostics);
	fclose(stream);
	root = parsed(text);
	assert_string_equal(text_at(root, "/version"), "2.1.0");
	assert_string_equal(text_at(root, "/runs/0/tool/driver/name"), "migrate-vma");
	assert_string_equal(text_at(root, "/runs/0/columnKind"), "unicodeCodePoints");
	assert_int_equal(json_object_array_length(at(root, "/runs/0/results")), 2);
	assert_string_equal(text_at(root, "/runs/0/results/0/ruleId"), "some-rule");
	assert_string_equal(text_at(root, "/runs/0/results/0/level"), "warning");
#define PLACE "/runs/0/results/0/locations/0/physicalLocation"
	assert_string_equal(text_at(root, PLACE "/artifactLocation/uri"), "my%20file.c");
	assert_int_equal(number_at(root, PLACE "/region/startLine"), 1);
	/* Two of the ten bytes before it are one character. */
	assert_int_equal(number_at(root, PLACE "/region/startColumn"), 10);
	assert_string_equal(text_at(root, "/runs/0/results/0/relatedLocations/0/message/text"),
			    "a note");
	assert_string_equal(
		text_at(root, "/runs/0/results/1/locations/0/physicalLocation/artifactLocation/uri"),
		"file:///other.c");
	json_object_put(root);
}

/* Each rule that is described has the members that SARIF requires, and texts in them. */
static void sarif_describes_the_rules(void **state)
{
	struct run *run = *state;
	struct json_object *root, *rules;
	char *text;
	size_t size;
	FILE *stream = stream_to_memory(&text, &size);

	sarif_print(stream, &run->found, &run->diagnostics);
	fclose(stream);
	root = parsed(text);
	rules = at(root, "/runs/0/tool/driver/rules");
	assert_true(json_object_array_length(rules) > 0);
	for (size_t i = 0; i < json_object_array_length(rules); i++) {
		struct json_object *rule = json_object_array_get_idx(rules, i);

		assert_true(strlen(text_at(rule, "/id")) > 0);
		assert_true(strlen(text_at(rule, "/shortDescription/text")) > 0);
		assert_true(strlen(text_at(rule, "/help/text")) > 0);
	}
	json_object_put(root);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_port_is_described, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_check_is_described, set_up, tear_down),
		cmocka_unit_test_setup_teardown(sarif_has_what_services_need, set_up, tear_down),
		cmocka_unit_test_setup_teardown(sarif_describes_the_rules, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
