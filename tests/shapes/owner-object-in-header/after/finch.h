/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FINCH_H
#define FINCH_H

#include "card.h"

static struct card finch;

#endif
