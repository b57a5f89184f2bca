/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_CLAIM_H
#define MIGRATE_VMA_CLAIM_H

#include "proof.h"

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

/** claim_uncast() - an expression without the casts that keep all of an address. */
const struct expression *claim_uncast(const struct expression *node);

/** claim_macro_value() - what a macro of the driver stands for, or NULL. */
const struct expression *claim_macro_value(const struct body *body, const char *name);

/** claim_is_nothing() - whether an expression is 0 or NULL. */
bool claim_is_nothing(const struct expression *node);

/** claim_is_call_of() - whether it is a call of one of some functions; NULL ends the names. */
bool claim_is_call_of(const struct expression *node, const char *const *names);

/** claim_is_fixed() - whether it is a constant that is not negative: a size, a count. */
bool claim_is_fixed(const struct body *body, const struct expression *node);

/** claim_is_length() - whether it is the length of a claim's range, in bytes or in pages. */
bool claim_is_length(const struct body *body, const struct claim *claim,
		     const struct expression *length);

/** claim_is_unsigned() - whether nothing in an expression has a sign, so that it has none. */
bool claim_is_unsigned(const struct body *body, const struct expression *node);

/** claim_is_unsigned_type() - whether a type, as a cast names it, has no negative values. */
bool claim_is_unsigned_type(const char *name);

/** claim_is_page_size() - whether a name is that of a constant number of whole pages. */
bool claim_is_page_size(const char *name);

/** same_expression() - whether two expressions are written the same, casts and brackets aside. */
bool same_expression(const struct expression *left, const struct expression *right);

#endif
