/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * uaccess.h - copying from and to the program that called
 *
 * Differs: an address that no program could have is memory of the scenario that plays the program.
 */
#ifndef _LINUX_UACCESS_H
#define _LINUX_UACCESS_H

#include <linux/errno.h>
#include <linux/mm_types.h>
#include <linux/types.h>

/**
 * copy_from_user() - copy from the calling program
 * @to: memory of the kernel
 * @from: an address of the program; any address outside its mappings is taken to be memory of the
 *	scenario that plays the program, such as the argument of an ioctl on its stack
 * @size: bytes
 *
 * Context: may fault and so takes the mmap lock: not to be called with it held, nor under a
 * spinlock, nor between migrate_vma_setup() and migrate_vma_finalize() of the same range.
 * Return: the bytes that could not be copied, 0 when all went well.
 */
unsigned long copy_from_user(void *to, const void __user *from, unsigned long size);

/**
 * copy_to_user() - copy to the calling program
 * @to: as @from of copy_from_user()
 * @from: memory of the kernel
 * @size: bytes
 *
 * Context: as copy_from_user().
 * Return: the bytes that could not be copied, 0 when all went well.
 */
unsigned long copy_to_user(void __user *to, const void *from, unsigned long size);
unsigned long clear_user(void __user *to, unsigned long size);

#define __copy_from_user	copy_from_user
#define __copy_to_user		copy_to_user
#define access_ok(addr, size)	((void)(addr), (void)(size), true)

#define get_user(value, ptr) ({ \
	__typeof__(*(ptr)) __value = 0; \
	int __error = copy_from_user(&__value, ptr, sizeof(__value)) ? -EFAULT : 0; \
	(value) = __value; \
	__error; \
})
#define put_user(value, ptr) ({ \
	__typeof__(*(ptr)) __value = (value); \
	copy_to_user(ptr, &__value, sizeof(__value)) ? -EFAULT : 0; \
})

#endif
