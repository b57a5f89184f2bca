/* SPDX-License-Identifier: GPL-2.0-only */
/* io.h - device registers are memory, which the copy engine of a scenario looks at */
#ifndef _LINUX_IO_H
#define _LINUX_IO_H

#include <linux/types.h>

extern bool io_is_watched;
void io_written(volatile void __iomem *addr);
void io_is_read(const volatile void __iomem *addr);

#define IO_ACCESS(letter, type) \
static inline type read##letter(const volatile void __iomem *addr) \
{ \
	if (io_is_watched) \
		io_is_read(addr); \
	return *(const volatile type *)addr; \
} \
static inline void write##letter(type value, volatile void __iomem *addr) \
{ \
	*(volatile type *)addr = value; \
	if (io_is_watched) \
		io_written(addr); \
}
IO_ACCESS(b, u8)
IO_ACCESS(w, u16)
IO_ACCESS(l, u32)
IO_ACCESS(q, u64)
#undef IO_ACCESS

#define iowrite64(value, addr)	writeq(value, addr)
#define ioread64(addr)		readq(addr)
#define readq_relaxed		readq
#define writeq_relaxed		writeq
#define readl_relaxed		readl
#define writel_relaxed		writel
#define ioread32(addr)		readl(addr)
#define iowrite32(value, addr)	writel(value, addr)

#endif
