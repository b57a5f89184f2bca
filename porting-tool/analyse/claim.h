/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_CLAIM_H
#define MIGRATE_VMA_CLAIM_H

#include "analyse/proof.h"

/* So many variables that a condition bounds go with a claim. */
#define BOUNDS_MAX 4

/**
 * struct claim - what is to be shown at a place
 * @kind: what
 * @left: of this
 * @right: and this, for CLAIM_ORDERED
 * @bounded: expressions that conditions on the way to the place keep small
 * @bounded_count: how many
 */
struct claim {
	enum claim_kind kind;
	const struct expression *left;
	const struct expression *right;
	const struct expression *bounded[BOUNDS_MAX];
	size_t bounded_count;
};

/**
 * enum verdict - what an expression tells by its form
 * @VERDICT_NO: nothing, and no way back can tell more
 * @VERDICT_YES: the claim holds
 * @VERDICT_OPEN: it depends on the variables in it
 */
enum verdict { VERDICT_NO, VERDICT_YES, VERDICT_OPEN };

/**
 * claim_by_form() - what the forms of the expressions tell
 * @body: the function they are in
 * @claim: the claim
 * @part: asked whether another claim holds at the same place
 * @data: handed to @part
 */
enum verdict claim_by_form(const struct body *body, const struct claim *claim,
			   bool (*part)(void *data, const struct claim *claim), void *data);

/** claim_by_condition() - whether a condition that is true, or false, implies a claim. */
bool claim_by_condition(const struct body *body, const struct claim *claim,
			const struct expression *condition, bool truth);

/** claim_take_bounds() - note the expressions that a condition keeps small. */
void claim_take_bounds(const struct body *body, struct claim *claim,
		       const struct expression *condition, bool truth);

/** same_expression() - whether two expressions are written the same, casts and brackets aside. */
bool same_expression(const struct expression *left, const struct expression *right);

#endif
