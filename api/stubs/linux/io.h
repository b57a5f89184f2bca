/* SPDX-License-Identifier: GPL-2.0-only */
/* io.h - device registers are plain memory; only pci_iomap() gives some out */
#ifndef _LINUX_IO_H
#define _LINUX_IO_H

#include <linux/types.h>

#define readb(addr)		(*(const volatile u8 *)(addr))
#define readw(addr)		(*(const volatile u16 *)(addr))
#define readl(addr)		(*(const volatile u32 *)(addr))
#define readq(addr)		(*(const volatile u64 *)(addr))
#define writeb(value, addr)	((void)(*(volatile u8 *)(addr) = (value)))
#define writew(value, addr)	((void)(*(volatile u16 *)(addr) = (value)))
#define writel(value, addr)	((void)(*(volatile u32 *)(addr) = (value)))
#define writeq(value, addr)	((void)(*(volatile u64 *)(addr) = (value)))
#define readl_relaxed		readl
#define writel_relaxed		writel
#define ioread32(addr)		readl(addr)
#define iowrite32(value, addr)	writel(value, addr)

#endif
