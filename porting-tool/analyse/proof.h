/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What can be proven of values at a place of a function.
 *
 * A claim is carried from the place against the flow of control: an assignment puts its right side
 * in the place of the variable, a condition may settle it, a parameter becomes what each caller
 * passes.  It holds when it is settled on every way.  What is not proven is unknown, not false.
 */
#ifndef MIGRATE_VMA_PROOF_H
#define MIGRATE_VMA_PROOF_H

#include "values.h"

/**
 * enum claim_kind - what is claimed
 * @CLAIM_WHOLE_PAGES: left is a multiple of PAGE_SIZE
 * @CLAIM_ORDERED: left <= right, where left is an address of memory of a process
 * @CLAIM_SMALL: left is not negative and too small to make such an address wrap around
 * @CLAIM_NOT_NULL: left is a pointer to something
 */
enum claim_kind { CLAIM_WHOLE_PAGES, CLAIM_ORDERED, CLAIM_SMALL, CLAIM_NOT_NULL };

/**
 * proven() - whether something holds whenever control comes to a step
 * @body: the function
 * @step: the step, an index into its flow
 * @kind: what is claimed
 * @left: of this expression
 * @right: and this, for CLAIM_ORDERED
 */
bool proven(const struct body *body, uint32_t step, enum claim_kind kind,
	    const struct expression *left, const struct expression *right);

/** expression_join() - the expression "left operator right". */
struct expression *expression_join(const struct body *body, const char *operator,
				   const struct expression *left, const struct expression *right);

#endif
