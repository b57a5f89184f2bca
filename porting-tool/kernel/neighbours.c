// SPDX-License-Identifier: GPL-2.0-only
/*
 * Other APIs in the files of a driver that the target no longer has.
 *
 * A driver that calls migrate_vma() is old enough to use more that is gone.  None of that is
 * ported, but none of it is passed over in silence.
 */
#include <limits.h>
#include <string.h>

#include "dated_names.h"
#include "changes/migrate_vma/driver.h"

/* The comparison of LINUX_VERSION_CODE in a directive: its operator and the release. */
struct comparison {
	char operator;
	int release;
};

static bool find_comparison(const char *text, size_t length, struct comparison *comparison)
{
	const char *version = memmem(text, length, "KERNEL_VERSION(", 15);
	const char *at, *rest;
	int major = 0, minor = 0;

	if (!version)
		return false;
	for (at = version; at > text && at[-1] != '<' && at[-1] != '>'; at--)
		;
	if (at == text)
		return false;
	comparison->operator = at[-1];
	rest = version + 15;
	while (*rest >= '0' && *rest <= '9' && major < 1000)
		major = major * 10 + (*rest++ - '0');
	rest += strspn(rest, ", ");
	while (*rest >= '0' && *rest <= '9' && minor < 1000)
		minor = minor * 10 + (*rest++ - '0');
	comparison->release = RELEASE(major, minor);
	return true;
}

/* Whether a directive lets the target through for sure, or keeps it out for sure. */
static bool settles(const struct unit *unit, const struct release *target, size_t directive,
		    bool through)
{
	const struct token *token = &unit->syntax.all.list[directive];
	const char *text = unit->source->text + token->start;
	size_t length = token->end - token->start;
	struct comparison comparison;

	if (!find_comparison(text, length, &comparison) ||
	    target->number < comparison.release)
		return false;
	if (through)
		return comparison.operator == '>' && !memmem(text, length, "&&", 2);
	return comparison.operator == '<' && !memmem(text, length, "||", 2);
}

/*
 * The directive that keeps a place out of the target, since it stands for older kernels only; NULL
 * when there is none.
 */
static const struct token *guard_of(const struct unit *unit, const struct release *target,
				    uint32_t offset)
{
	const struct tokens *all = &unit->syntax.all;

	for (size_t g = 0; g < unit->conditional_count; g++) {
		const struct conditional *group = &unit->conditionals[g];
		bool taken = false;

		for (size_t a = 0; a < group->arm_count; a++) {
			const struct conditional_arm *arm = &group->arms[a];
			bool out = taken || settles(unit, target, arm->directive, false);

			taken = taken || settles(unit, target, arm->directive, true);
			if (out && offset > all->list[arm->directive].start &&
			    (arm->last >= all->count || offset < all->list[arm->last].start))
				return &all->list[arm->directive];
		}
	}
	return NULL;
}

static bool guarded(const struct unit *unit, const struct release *target, uint32_t offset)
{
	return guard_of(unit, target, offset) != NULL;
}

/* A page of the device that the driver takes a reference on: one too many since 5.18. */
static void report_page_setup(struct driver *driver, struct unit *unit, uint32_t at)
{
	const struct syntax *syntax = &unit->syntax;
	const struct release *target = driver->target;
	struct call got, locked;
	struct node *node = node_at(syntax, at);
	struct node *other;

	if (!call_parse(syntax, at, &got) || got.count != 1 || node->kind != NODE_EXPRESSION)
		return;
	for (int side = 0; side < 2; side++) {
		other = side ? node->previous : node->next;
		if (!other || !code_is(syntax, other->first, "lock_page") ||
		    !call_parse(syntax, other->first, &locked) || locked.count != 1 ||
		    strcmp(code_line(syntax, got.arguments[0].first, got.arguments[0].last),
			   code_line(syntax, locked.arguments[0].first, locked.arguments[0].last)))
			continue;
		if (guarded(unit, target, code_start(syntax, at)))
			return;
		driver_warn(
			driver, unit, at, "neighbour", "if this is a page of the device: %s",
			target->number >= RELEASE(6, 19)
				? "since 6.1 zone_device_page_init() takes the place of "
				  "get_page() and "
				  "lock_page(), and since 6.19 it is zone_device_page_init(page, "
				  "pgmap, 0)"
			: target->number >= RELEASE(6, 1)
				? "since 6.1 zone_device_page_init(page) takes the place of "
				  "get_page() and "
				  "lock_page()"
				: "since 5.18 a free page has a reference already, so get_page() "
				  "goes and "
				  "lock_page() stays");
		return;
	}
}

bool is_neighbour(const struct unit *unit, uint32_t token)
{
	struct dated_name name;

	return dated_name_at(&unit->syntax, token, INT_MAX - 1, &name) && !name.ported;
}

/* What the target does not have any more, and the port does not take care of. */
static void report_neighbour(struct driver *driver, struct unit *unit, uint32_t token)
{
	struct dated_name name;

	if (!dated_name_at(&unit->syntax, token, driver->target->number, &name) || name.ported ||
	    driver->target->number < name.until ||
	    guarded(unit, driver->target, code_start(&unit->syntax, token)))
		return;
	driver_warn(driver, unit, token, "neighbour", "%s%s is gone since %d.%d and is not ported: %s",
		    name.name, name.form, name.until / 1000, name.until % 1000, name.instead);
}

/* A driver in three steps is not this report's business: `migrate-vma check` looks at it. */
static bool is_callback_driver(const struct driver *driver)
{
	for (size_t u = 0; u < driver->program.unit_count; u++)
		if (driver->program.units[u].file->uses)
			return true;
	return driver->ops_count > 0;
}

/* What was ported is of no use where nobody compiles it. */
static void report_version_guards(struct driver *driver)
{
	const struct token *last = NULL;

	for (size_t i = 0; i < driver->site_count; i++) {
		struct unit *unit = driver->sites[i]->unit;
		const struct token *guard =
			guard_of(unit, driver->target,
				 code_start(&unit->syntax, driver->sites[i]->call.name));

		if (!guard || guard == last)
			continue;
		last = guard;
		unit->file->left++;
		diagnose(driver->diagnostics, unit->source, guard->start, SEVERITY_WARNING,
			 "version-guard",
			 "this keeps the call of migrate_vma() below it out of %s, so nobody "
			 "compiles what was ported; change or remove the guard",
			 driver->target->name);
	}
}

void report_neighbours(struct driver *driver)
{
	if (!is_callback_driver(driver))
		return;
	if (!driver->blocked)
		report_version_guards(driver);
	for (size_t u = 0; u < driver->program.unit_count; u++) {
		struct unit *unit = &driver->program.units[u];
		const struct syntax *syntax = &unit->syntax;

		for (uint32_t i = 1; i < syntax->code.count; i++) {
			if (syntax->code.list[i].kind != TOKEN_IDENTIFIER)
				continue;
			if (driver->target->number >= RELEASE(5, 18) &&
			    code_is(syntax, i, "get_page"))
				report_page_setup(driver, unit, i);
			report_neighbour(driver, unit, i);
		}
	}
}
