/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * misuse.h - what misuse.c does for misuse-test.c, which must not see a kernel header.
 */
#ifndef COMPAT_MISUSE_H
#define COMPAT_MISUSE_H

/* migrate_vma() before any memory was set up: what it returns. */
int misuse_without_memory(void);

/* Memory of a first and of a second owner: what setting up the second returns. */
int misuse_second_owner(void);

/* Memory without an owner, unmapped again: 1 if its operations are the driver's as before. */
int misuse_restores_operations(void);

/* migrate_vma() with an end before the start: what it returns. */
int misuse_reversed_range(void);

#endif /* COMPAT_MISUSE_H */
