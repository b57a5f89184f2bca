/* SPDX-License-Identifier: GPL-2.0-only */
/* interrupt.h - there are no interrupts: a handler compiles and is never called */
#ifndef _LINUX_INTERRUPT_H
#define _LINUX_INTERRUPT_H

#include <linux/device.h>

typedef int irqreturn_t;
#define IRQ_NONE	0
#define IRQ_HANDLED	1
#define IRQ_WAKE_THREAD	2
#define IRQF_SHARED	0x80
#define IRQF_ONESHOT	0x2000

typedef irqreturn_t (*irq_handler_t)(int irq, void *data);

#define request_irq(irq, handler, flags, name, data) \
	((void)(irq), (void)(handler), (void)(name), (void)(data), 0)
#define request_threaded_irq(irq, handler, thread, flags, name, data) \
	((void)(thread), request_irq(irq, handler, flags, name, data))
#define devm_request_irq(dev, irq, handler, flags, name, data) \
	((void)(dev), request_irq(irq, handler, flags, name, data))
#define free_irq(irq, data)	((void)(irq), (void)(data))
#define disable_irq(irq)	((void)(irq))
#define enable_irq(irq)		((void)(irq))

#endif
