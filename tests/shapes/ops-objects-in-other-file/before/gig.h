/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GIG_H
#define GIG_H

#include "card.h"

struct gig {
	struct card card;
	bool down_failed;
};

extern struct gig gig;
extern const struct migrate_vma_ops gig_up_ops;
extern const struct migrate_vma_ops gig_down_ops;

#endif
