// SPDX-License-Identifier: GPL-2.0-only
/* copy_engine.c - what a device does when a driver writes to its registers: it copies, later */
#include <linux/dma-mapping.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/pci.h>
#include <linux/string.h>

#include "core/core.h"
#include "host/host.h"
#include "include/program.h"
#include "kernel/failure.h"
#include "kernel/kernel.h"

struct engine {
	struct list_head link;
	struct pci_dev *pdev;
	struct machine_copy_engine registers;
	struct tasklet_struct end;
	bool busy;
	bool fails;
	unsigned int looks;
};

bool io_is_watched;
static LIST_HEAD(engines);

static void *at(struct engine *engine, unsigned long offset)
{
	return (char *)engine->pdev->bar + offset;
}

/* Without a mapping for the whole of it, the address is not the device's to use. */
static bool reach(struct engine *engine, dma_addr_t addr, size_t length)
{
	if (dma_is_mapped(&engine->pdev->dev, addr, length))
		return true;
	rule_broken(RULE_DMA, "the copy engine of %s is given %zu bytes at %#llx, which are not mapped for it",
		    pci_name(engine->pdev), length, addr);
	return false;
}

static bool copy(struct engine *engine)
{
	u64 from = *(u64 *)at(engine, engine->registers.from);
	u64 to = *(u64 *)at(engine, engine->registers.to);
	u32 length = *(u32 *)at(engine, engine->registers.length);

	if (engine->fails || !reach(engine, to, length) || (from && !reach(engine, from, length)))
		return false;
	to = (unsigned long)page_address(phys_to_page(to)) + offset_in_page(to);
	if (!from) {
		memset((void *)to, 0, length);
		return true;
	}
	from = (unsigned long)page_address(phys_to_page(from)) + offset_in_page(from);
	memcpy((void *)to, (void *)from, length);
	return true;
}

static void finish(struct engine *engine)
{
	bool copied = copy(engine);

	engine->busy = false;
	*(u32 *)at(engine, engine->registers.status) =
		copied ? engine->registers.done : engine->registers.failed;
}

static void copy_ends(struct tasklet_struct *tasklet)
{
	struct engine *engine = container_of(tasklet, struct engine, end);

	if (!engine->busy)
		return;
	finish(engine);
	interrupt_raise(engine->pdev->irq);
}

static struct engine *engine_at(const volatile void *addr, unsigned long *offset)
{
	struct engine *engine;

	list_for_each_entry(engine, &engines, link) {
		*offset = (const volatile char *)addr - (char *)engine->pdev->bar;
		if (*offset < resource_size(&engine->pdev->resource[0]))
			return engine;
	}
	return NULL;
}

void io_written(volatile void *addr)
{
	unsigned long offset;
	struct engine *engine = engine_at(addr, &offset);

	if (!engine || offset != engine->registers.length)
		return;
	if (engine->busy)
		rule_broken(RULE_DEVICE_STATE, "a copy of %s begins before the one before has ended",
			    pci_name(engine->pdev));
	engine->busy = true;
	engine->looks = 0;
	engine->fails = failure_strikes(MACHINE_FAIL_ENGINE);
	*(u32 *)at(engine, engine->registers.status) = 0;
	tasklet_schedule(&engine->end);
}

/* A driver that asks again and again gets its answer at the third time. */
void io_is_read(const volatile void *addr)
{
	unsigned long offset;
	struct engine *engine = engine_at(addr, &offset);

	if (engine && engine->busy && offset == engine->registers.status && ++engine->looks == 3)
		finish(engine);
}

int machine_pci_copy_engine(int number, const struct machine_copy_engine *registers)
{
	struct pci_dev *pdev = pci_device_number(number);
	struct engine *engine;

	if (!pdev)
		return -ENODEV;
	engine = host_zalloc(sizeof(*engine));
	if (!engine)
		return -ENOMEM;
	engine->pdev = pdev;
	engine->registers = *registers;
	tasklet_setup(&engine->end, copy_ends);
	list_add_tail(&engine->link, &engines);
	io_is_watched = true;
	return 0;
}

void copy_engines_shutdown(void)
{
	struct engine *engine, *next;

	list_for_each_entry_safe(engine, next, &engines, link)
		host_free(engine);
	INIT_LIST_HEAD(&engines);
	io_is_watched = false;
}
