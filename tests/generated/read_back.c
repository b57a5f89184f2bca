// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes what looks at src and dst behind a call.
 */
#include "arguments.h"

#include <stdio.h>

/* Looks at dst for the error that alloc_and_copy left there. */
static void write_error_test(const struct site *site, struct text *text)
{
	static const char *const tests[] = {
		[ERROR_TEST_EQUAL] = "%s == MIGRATE_PFN_ERROR",
		[ERROR_TEST_MASK] = "%s & MIGRATE_PFN_ERROR",
		[ERROR_TEST_NOT_EQUAL] = "!(%s != MIGRATE_PFN_ERROR)",
		[ERROR_TEST_SWAPPED] = "MIGRATE_PFN_ERROR == %s",
		[ERROR_TEST_AND] = "rig_ask(&@, \"test\") && %s == MIGRATE_PFN_ERROR",
		[ERROR_TEST_FUNCTION] = "@_lost(%s)",
		[ERROR_TEST_SWITCH] = "%s == MIGRATE_PFN_ERROR",
		[ERROR_TEST_STORED] = "lost",
	};
	char word[64], test[128];

	array_element(site, "dst", site->one_page ? "0" : "page", word, sizeof(word));
	snprintf(test, sizeof(test), tests[site->error_test], word);
	if (!site->one_page)
		text_open(text, "for (page = 0; page < %lu; page++)", site->max_pages);
	if (site->error_test == ERROR_TEST_STORED) {
		if (site->one_page)
			text_open(text, "%s", "");
		text_line(text, "bool lost = %s == MIGRATE_PFN_ERROR;", word);
		text_blank(text);
	}
	if (site->error_test == ERROR_TEST_SWITCH) {
		text_open(text, "switch (%s)", word);
		text->depth--;
		text_line(text, "case MIGRATE_PFN_ERROR:");
	} else {
		text_line(text, "if (%s)", test);
	}
	text->depth++;
	if (site->fault)
		text_line(text, "return VM_FAULT_SIGBUS;");
	else
		text_line(text, "rig_note(&@, \"failed\", %s);", site->one_page ? "0" : "page");
	text->depth--;
	if (site->error_test == ERROR_TEST_SWITCH) {
		if (!site->fault)
			text_line(text, text->spaces ? "    break;" : "\tbreak;");
		text_line(text, "}");
	}
	if (site->error_test == ERROR_TEST_STORED && site->one_page)
		text_close(text, "");
	if (!site->one_page)
		text_close(text, "");
}

static bool reads_words(const struct site *site)
{
	if (site->arrays == ARRAYS_BARE_SCALARS)
		return statement_succeeded(site);
	return !statement_loops(site) && site->arrays != ARRAYS_UNINITIALISED &&
	       !statement_returns(site);
}

static bool tests_error(const struct site *site)
{
	return site->group->error == ERROR_TESTED && reads_words(site);
}

void read_back_write(const struct site *site, struct text *text)
{
	char word[64];

	if (tests_error(site))
		write_error_test(site, text);
	if (!reads_words(site))
		return;
	if (site->read_back == READ_BACK_NOTHING)
		return;
	array_element(site, site->read_back == READ_BACK_MIGRATED ? "src" : "dst",
		site->one_page ? "0" : "page", word, sizeof(word));
	if (!site->one_page) {
		text_line(text, "for (page = 0; page < %lu; page++)", site->max_pages);
		text->depth++;
	}
	if (site->read_back == READ_BACK_DST)
		text_line(text, "rig_note(&@, \"valid\", !!(%s & MIGRATE_PFN_VALID));", word);
	else if (site->read_back == READ_BACK_EMPTY)
		text_line(text, "rig_note(&@, \"empty\", !%s);", word);
	else
		text_line(text, "rig_note(&@, \"migrated\", !!(%s & MIGRATE_PFN_MIGRATE));", word);
	if (!site->one_page)
		text->depth--;
}

bool read_back_needs_index(const struct site *site)
{
	return !site->one_page && reads_words(site) &&
	       (tests_error(site) || site->read_back != READ_BACK_NOTHING);
}
