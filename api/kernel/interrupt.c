// SPDX-License-Identifier: GPL-2.0-only
/* interrupt.c - who is to be called when a device interrupts */
#include <linux/interrupt.h>

#include "core/core.h"
#include "host/host.h"
#include "include/program.h"
#include "kernel/kernel.h"

struct interrupt {
	struct list_head link;
	unsigned int irq;
	irq_handler_t handler;
	irq_handler_t thread;
	const char *name;
	void *data;
};

static LIST_HEAD(interrupts);

int request_threaded_irq(unsigned int irq, irq_handler_t handler, irq_handler_t thread,
			 unsigned long flags, const char *name, void *data)
{
	struct interrupt *interrupt = host_zalloc(sizeof(*interrupt));

	if (!interrupt)
		return -ENOMEM;
	*interrupt = (struct interrupt){
		.irq = irq, .handler = handler, .thread = thread, .name = name, .data = data,
	};
	list_add_tail(&interrupt->link, &interrupts);
	return 0;
}

const void *free_irq(unsigned int irq, void *data)
{
	struct interrupt *interrupt;

	list_for_each_entry(interrupt, &interrupts, link) {
		const char *name = interrupt->name;

		if (interrupt->irq != irq || interrupt->data != data)
			continue;
		list_del(&interrupt->link);
		host_free(interrupt);
		return name;
	}
	rule_broken(RULE_DEVICE_STATE, "free_irq(%u), which was not requested with this data", irq);
	return NULL;
}

static void release_interrupt(void *data)
{
	struct interrupt *interrupt = data;

	list_del(&interrupt->link);
	host_free(interrupt);
}

int devm_request_threaded_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
			      irq_handler_t thread, unsigned long flags, const char *name,
			      void *data)
{
	int ret = request_threaded_irq(irq, handler, thread, flags, name, data);

	if (ret)
		return ret;
	return devm_add_action_or_reset(dev, release_interrupt,
					list_last_entry(&interrupts, struct interrupt, link));
}

void interrupt_raise(unsigned int irq)
{
	struct interrupt *interrupt;

	list_for_each_entry(interrupt, &interrupts, link) {
		irqreturn_t result = IRQ_WAKE_THREAD;

		if (interrupt->irq != irq)
			continue;
		if (interrupt->handler)
			result = interrupt->handler((int)irq, interrupt->data);
		if (result == IRQ_WAKE_THREAD && interrupt->thread)
			interrupt->thread((int)irq, interrupt->data);
	}
}

unsigned long interrupts_shutdown(void)
{
	struct interrupt *interrupt, *next;
	unsigned long leaks = 0;

	list_for_each_entry_safe(interrupt, next, &interrupts, link) {
		rule_broken(RULE_LEAK, "interrupt %u is still requested, by %s", interrupt->irq,
			    interrupt->name);
		host_free(interrupt);
		leaks++;
	}
	INIT_LIST_HEAD(&interrupts);
	return leaks;
}
