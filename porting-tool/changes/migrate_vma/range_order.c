// SPDX-License-Identifier: GPL-2.0-only
/*
 * What migrate_vma() refused with -EINVAL: a range that ends before it starts, and no ops object.
 */
#include "analyse/proof.h"
#include "plan.h"

static const struct expression *argument(const struct site *site, enum argument_role role)
{
	return expression_parse(&site->unit->syntax, site->call.arguments[role]);
}

static bool known_at_call(const struct driver *driver, const struct site *site,
			  enum claim_kind kind, const struct expression *left,
			  const struct expression *right)
{
	const struct body *body = body_of(&driver->program, site->unit, site->function);

	return proven(body, body_step(body, site->call.name), kind, left, right);
}

bool range_needs_mask(const struct driver *driver, const struct site *site)
{
	const struct body *body = body_of(&driver->program, site->unit, site->function);
	const struct expression *start = argument(site, ARGUMENT_START);
	const struct expression *end = argument(site, ARGUMENT_END);

	return !known_at_call(driver, site, CLAIM_WHOLE_PAGES, start, NULL) &&
	       !known_at_call(driver, site, CLAIM_WHOLE_PAGES,
			      expression_join(body, "-", end, start), NULL);
}

/*
 * Where both ends are in one mapping, migrate_vma_setup() takes the length of a range that ends
 * before it starts for a huge one.  The start is masked where it is not aligned already.
 */
static bool range_may_be_reversed(const struct driver *driver, const struct site *site)
{
	const struct body *body = body_of(&driver->program, site->unit, site->function);
	const struct expression mask = { .kind = EXPRESSION_NAME, .name = "PAGE_MASK" };

	return !known_at_call(driver, site, CLAIM_ORDERED,
			      expression_join(body, "&", argument(site, ARGUMENT_START), &mask),
			      argument(site, ARGUMENT_END));
}

/* migrate_vma() gave -EINVAL back for NULL; what takes its place is called, and has to be there. */
static bool pointer_may_be_null(const struct driver *driver, const struct site *site)
{
	return !site->ops && !known_at_call(driver, site, CLAIM_NOT_NULL,
					    argument(site, ARGUMENT_OPS), NULL);
}

static void test_range(struct driver *driver, const struct site *site, struct layout *layout)
{
	if (layout->form == FORM_STEPS)
		layout->tests_range = true;
	else if (site->ops)
		site->ops->tests_range = true;
	for (size_t i = 0; !site->ops && i < driver->ops_count; i++)
		driver->ops[i]->tests_range |= driver->ops[i]->indirect;
}

/* What is evaluated only if the pointer is there, or twice, must do nothing else. */
static bool guard_is_seen(const struct driver *driver, const struct site *site,
			  const struct layout *layout)
{
	const struct body *body = body_of(&driver->program, site->unit, site->function);

	for (enum argument_role role = ARGUMENT_OPS; role < ARGUMENT_COUNT; role++)
		if ((role == ARGUMENT_OPS || role == ARGUMENT_PRIVATE ||
		     layout->form == FORM_LITERAL) && has_effect(body, argument(site, role)))
			return true;
	return false;
}

void plan_refusals(struct driver *driver, struct layout *layouts)
{
	for (size_t i = 0; i < driver->site_count; i++) {
		struct site *site = driver->sites[i];

		if (range_may_be_reversed(driver, site))
			test_range(driver, site, &layouts[i]);
		layouts[i].tests_ops = pointer_may_be_null(driver, site);
		if (layouts[i].tests_ops && guard_is_seen(driver, site, &layouts[i]))
			driver_block(driver, site->unit, site->call.arguments[ARGUMENT_OPS].first,
				     "ops-may-be-null",
				     "this pointer may be NULL, for which migrate_vma() gave -EINVAL "
				     "after it had evaluated all arguments, and one of them calls or "
				     "changes something; put that, or a test of the pointer, in front "
				     "of the call");
	}
}
