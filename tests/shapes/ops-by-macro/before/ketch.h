/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KETCH_H
#define KETCH_H

/* The callbacks of name are called name_alloc_and_copy() and name_finalize_and_map(). */
#define DEFINE_KETCH_OPS(_name)						\
	static const struct migrate_vma_ops _name##_ops = {		\
		.alloc_and_copy = _name##_alloc_and_copy,		\
		.finalize_and_map = _name##_finalize_and_map,		\
	}

#endif
