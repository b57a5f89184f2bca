/* SPDX-License-Identifier: GPL-2.0-only */
/* gup.h - the requests of gup_test, a driver of Linux' own that holds pages of a program */
#ifndef GUP_H
#define GUP_H

#include "program.h"

long gup_test(struct program *p, unsigned int request, const void *argument);

#endif
