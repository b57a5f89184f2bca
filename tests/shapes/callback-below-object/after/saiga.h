/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SAIGA_H
#define SAIGA_H

#include "card.h"

#define SAIGA_PAGES	2

#endif
