/* SPDX-License-Identifier: GPL-2.0-only */
/* kernel.h - small things that everything uses */
#ifndef _LINUX_KERNEL_H
#define _LINUX_KERNEL_H

#include <stdarg.h>
#include <linux/align.h>
#include <linux/bits.h>
#include <linux/build_bug.h>
#include <linux/bug.h>
#include <linux/container_of.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/log2.h>
#include <linux/minmax.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/stddef.h>
#include <linux/types.h>

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))

#define DIV_ROUND_UP(n, d)	(((n) + (d) - 1) / (d))
#define DIV_ROUND_UP_ULL(n, d)	DIV_ROUND_UP((unsigned long long)(n), d)
#define DIV_ROUND_CLOSEST(n, d)	(((n) + (d) / 2) / (d))
#define roundup(x, y)		(DIV_ROUND_UP(x, y) * (y))
#define rounddown(x, y)		((x) - (x) % (y))
#define round_up(x, y)		((((x) - 1) | ((__typeof__(x))((y) - 1))) + 1)
#define round_down(x, y)	((x) & ~((__typeof__(x))((y) - 1)))

#define upper_32_bits(n)	((u32)(((u64)(n)) >> 32))
#define lower_32_bits(n)	((u32)(n))
#define u64_to_user_ptr(x)	((void __user *)(uintptr_t)(x))
#define typecheck(type, x)	1

int snprintf(char *buf, size_t size, const char *fmt, ...) __printf(3, 4);
int sprintf(char *buf, const char *fmt, ...) __printf(2, 3);

#define scnprintf		kernel_scnprintf
#define vsnprintf		kernel_vsnprintf
int kernel_scnprintf(char *buf, size_t size, const char *fmt, ...) __printf(3, 4);
int kernel_vsnprintf(char *buf, size_t size, const char *fmt, va_list args);

int kstrtoul(const char *text, unsigned int base, unsigned long *result);
int kstrtoint(const char *text, unsigned int base, int *result);
int kstrtouint(const char *text, unsigned int base, unsigned int *result);
int kstrtou64(const char *text, unsigned int base, u64 *result);

void __might_sleep(const char *what);
#define might_sleep()		__might_sleep(__func__)

#endif
