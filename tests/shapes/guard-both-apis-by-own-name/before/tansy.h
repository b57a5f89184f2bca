/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TANSY_H
#define TANSY_H

#include "card.h"

/* Set by the configure script, which looks for migrate_vma_setup(). */
#ifdef HAVE_MIGRATE_VMA_SETUP
void tansy_fill(struct migrate_vma *args);
#endif

extern struct card tansy;

#endif
