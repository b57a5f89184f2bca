/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * bug.h - a BUG() ends the machine, a WARN() is reported and counted
 */
#ifndef _LINUX_BUG_H
#define _LINUX_BUG_H

#include <linux/compiler.h>
#include <linux/printk.h>

void __bug(const char *condition, const char *file, int line) __noreturn;
int __warn(const char *condition, const char *file, int line, const char *fmt, ...) __printf(4, 5);

#define BUG()		__bug("BUG", __FILE__, __LINE__)
#define BUG_ON(condition) do { \
	if (unlikely(condition)) \
		__bug(#condition, __FILE__, __LINE__); \
} while (0)

#define WARN(condition, fmt, ...) ({ \
	int __warned = !!(condition); \
	if (unlikely(__warned)) \
		__warn(#condition, __FILE__, __LINE__, fmt, ##__VA_ARGS__); \
	unlikely(__warned); \
})
#define WARN_ON(condition) ({ \
	int __warned = !!(condition); \
	if (unlikely(__warned)) \
		__warn(#condition, __FILE__, __LINE__, "%s", ""); \
	unlikely(__warned); \
})
#define WARN_ONCE(condition, fmt, ...) ({ \
	static int __reported; \
	int __holds = !!(condition); \
	if (unlikely(__holds && !__reported)) { \
		__reported = 1; \
		__warn(#condition, __FILE__, __LINE__, fmt, ##__VA_ARGS__); \
	} \
	unlikely(__holds); \
})
#define WARN_ON_ONCE(condition)		WARN_ONCE(condition, "%s", "")

#define VM_BUG_ON(condition)		BUG_ON(condition)
#define VM_BUG_ON_PAGE(condition, page)	BUG_ON(condition)
#define VM_WARN_ON(condition)		((void)WARN_ON(condition))
#define VM_WARN_ON_ONCE(condition)	((void)WARN_ON_ONCE(condition))

#endif
