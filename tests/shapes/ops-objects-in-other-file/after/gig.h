/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GIG_H
#define GIG_H

#include "card.h"

struct gig {
	struct card card;
	bool down_failed;
};

extern struct gig gig;
int gig_up_migrate(struct migrate_vma *args, void *private);
int gig_down_migrate(struct migrate_vma *args, void *private);

#endif
