/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TENCH_H
#define TENCH_H

#include "card.h"

#define TENCH_NPAGES()	((end - start) >> PAGE_SHIFT)

#endif
