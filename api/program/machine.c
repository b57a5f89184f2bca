// SPDX-License-Identifier: GPL-2.0-only
/* machine.c - booting, loading the driver, shutting down */
#include <linux/module.h>
#include <linux/version.h>

#include "core/verify.h"
#include "include/program.h"
#include "kernel/failure.h"
#include "kernel/kernel.h"
#include "kernel/schedule.h"
#include "program/programs.h"

/* The linker collects what module_init() and module_exit() left in every driver. */
extern const struct module_function __start_module_functions[] __weak;
extern const struct module_function __stop_module_functions[] __weak;

struct module {
	unsigned int references;
};

struct module driver_module;

static bool machine_is_up;
static bool driver_is_loaded;

bool try_module_get(struct module *module)
{
	__module_get(module);
	return true;
}

void __module_get(struct module *module)
{
	if (module)
		module->references++;
}

void module_put(struct module *module)
{
	if (module && module->references-- == 0)
		rule_broken(RULE_DEVICE_STATE, "module_put() without a reference");
}

unsigned int module_refcount(struct module *module)
{
	return module->references;
}

unsigned int machine_release(void)
{
	return LINUX_VERSION_CODE;
}

int machine_boot(void)
{
	if (machine_is_up)
		machine_shutdown();
	task_switch(NULL);
	reports_reset();
	if (frames_boot()) {
		frames_shutdown();
		return -ENOMEM;
	}
	failures_boot();
	schedule_boot();
	machine_is_up = true;
	return 0;
}

static void run_exits(const struct module_function *first_not)
{
	const struct module_function *function = first_not;

	while (function-- > __start_module_functions)
		if (function->exit)
			function->exit();
}

void machine_set_swap(enum machine_swap swap)
{
	swap_to_memory(swap == MACHINE_SWAP_MEMORY);
}

int machine_make_node(const char *path, const char *name, unsigned int minor)
{
	struct task_struct *before = task_enter(NULL);
	int ret = chardev_make_node(path, name, minor);

	task_leave(before);
	return ret;
}

int machine_load_driver(void)
{
	const struct module_function *function;
	bool found = false;

	if (driver_is_loaded)
		return -EBUSY;
	for (function = __start_module_functions; function < __stop_module_functions; function++) {
		int ret;

		if (!function->init)
			continue;
		found = true;
		ret = function->init();
		if (ret) {
			run_exits(function);
			return ret;
		}
	}
	if (!found)
		return -ENOEXEC;
	driver_is_loaded = true;
	return 0;
}

void machine_unload_driver(void)
{
	if (!driver_is_loaded)
		return;
	if (chardev_open_files() || driver_module.references) {
		rule_broken(RULE_MODULE_BUSY, "the driver is in use: %lu open file(s), %u reference(s) of its own",
			    chardev_open_files(), driver_module.references);
		return;
	}
	driver_is_loaded = false;
	run_exits(__stop_module_functions);
	schedule_driver_gone();
}

static unsigned long leaks_of_programs(void)
{
	unsigned long pins = in_use.pinned_pages;

	if (pins)
		rule_broken(RULE_LEAK, "%lu reference(s) of program_pin() were not dropped", pins);
	programs_forget_pins();
	return pins;
}

int machine_shutdown(void)
{
	unsigned long leaks = 0;

	if (!machine_is_up)
		return 0;
	programs_exit_all();
	leaks += leaks_of_programs();
	machine_unload_driver();

	failures_shutdown();
	leaks += schedule_driver_gone();
	workers_shutdown();
	leaks += schedule_shutdown();
	leaks += mm_count_left();
	leaks += swap_shutdown();
	page_cache_shutdown();
	leaks += locks_shutdown();
	leaks += chardev_shutdown();
	leaks += platform_shutdown();
	leaks += pci_shutdown();
	leaks += device_shutdown();
	leaks += memremap_shutdown();
	leaks += resource_shutdown();
	leaks += dma_shutdown();
	leaks += slab_shutdown();
	leaks += frames_shutdown();
	rmap_shutdown();
	verify_forget_all();
	machine_is_up = false;
	driver_is_loaded = false;
	driver_module.references = 0;
	return leaks;
}

struct machine_counts machine_count(void)
{
	return (struct machine_counts){
		.system_pages = in_use.system_pages,
		.device_pages = in_use.device_pages,
		.locked_pages = in_use.locked_pages,
		.slab_objects = in_use.slab_objects,
		.pinned_pages = in_use.pinned_pages,
		.isolated_pages = in_use.isolated_pages,
	};
}

unsigned long machine_check(void)
{
	return books_check();
}

unsigned long machine_violations(void)
{
	return reports_count();
}

unsigned long machine_violations_of(const char *rule)
{
	return reports_count_of(rule);
}

const char *machine_last_violation(void)
{
	return reports_last();
}
