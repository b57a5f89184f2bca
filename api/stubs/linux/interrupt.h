/* SPDX-License-Identifier: GPL-2.0-only */
/* interrupt.h - interrupts come from the devices of a scenario; nobody shares or disables them */
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

int request_threaded_irq(unsigned int irq, irq_handler_t handler, irq_handler_t thread,
			 unsigned long flags, const char *name, void *data);
int devm_request_threaded_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
			      irq_handler_t thread, unsigned long flags, const char *name,
			      void *data);
const void *free_irq(unsigned int irq, void *data);
#define request_irq(irq, handler, flags, name, data) \
	request_threaded_irq(irq, handler, NULL, flags, name, data)
#define devm_request_irq(dev, irq, handler, flags, name, data) \
	devm_request_threaded_irq(dev, irq, handler, NULL, flags, name, data)
#define disable_irq(irq)	((void)(irq))
#define enable_irq(irq)		((void)(irq))

/* Tasklets run when it is their turn, see workqueue.h, and may not sleep. */
struct tasklet_struct {
	void (*callback)(struct tasklet_struct *tasklet);
	void (*func)(unsigned long data);
	unsigned long data;
};

static inline void tasklet_setup(struct tasklet_struct *tasklet,
				 void (*callback)(struct tasklet_struct *tasklet))
{
	*tasklet = (struct tasklet_struct){ .callback = callback };
}

static inline void tasklet_init(struct tasklet_struct *tasklet, void (*func)(unsigned long data),
				unsigned long data)
{
	*tasklet = (struct tasklet_struct){ .func = func, .data = data };
}

#define from_tasklet(var, tasklet, member)	container_of(tasklet, __typeof__(*var), member)

void tasklet_schedule(struct tasklet_struct *tasklet);
#define tasklet_hi_schedule(tasklet)	tasklet_schedule(tasklet)
void tasklet_kill(struct tasklet_struct *tasklet);

#endif
