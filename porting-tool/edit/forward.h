/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MIGRATE_VMA_FORWARD_H
#define MIGRATE_VMA_FORWARD_H

#include "analyse/program.h"

/**
 * declare_in_header() - "struct tag;" where a prototype of a header is going to name it
 * @unit: the file of the prototype; nothing is done unless it is a header that may lack the struct
 * @tag: a struct of the kernel's linux/mm_types.h
 * @prototype: a token of the prototype
 */
void declare_in_header(struct unit *unit, const char *tag, uint32_t prototype);

#endif
