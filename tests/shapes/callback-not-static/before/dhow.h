/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef DHOW_H
#define DHOW_H

#include "card.h"

#define DHOW_BATCH	4

#endif
