/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * module.h - a driver is linked into the executable of the scenario that runs it
 *
 * module_init() and module_exit() leave the function's address in a section of their own, where
 * machine_load_driver() finds it.
 *
 * Differs: all drivers of an executable are loaded and unloaded together.
 */
#ifndef _LINUX_MODULE_H
#define _LINUX_MODULE_H

#include <linux/compiler.h>
#include <linux/export.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>
#include <linux/types.h>

#ifndef KBUILD_MODNAME
#define KBUILD_MODNAME	"driver"
#endif

struct module;

/**
 * struct module_function - what module_init() or module_exit() was given
 * @module: name of the module
 * @init: from module_init(), or NULL
 * @exit: from module_exit(), or NULL
 */
struct module_function {
	const char *module;
	int (*init)(void);
	void (*exit)(void);
};

#define __MODULE_FUNCTION(member, function) \
	static const struct module_function __module_##member __used \
		__section("module_functions") __aligned(8) = { \
		.module = KBUILD_MODNAME, \
		.member = function, \
	}

#define module_init(function)	__MODULE_FUNCTION(init, function)
#define module_exit(function)	__MODULE_FUNCTION(exit, function)

#define __MODULE_INFO(tag)	struct module
#define MODULE_LICENSE(text)		__MODULE_INFO(license)
#define MODULE_AUTHOR(text)		__MODULE_INFO(author)
#define MODULE_DESCRIPTION(text)	__MODULE_INFO(description)
#define MODULE_VERSION(text)		__MODULE_INFO(version)
#define MODULE_ALIAS(text)		__MODULE_INFO(alias)
#define MODULE_INFO(tag, text)		__MODULE_INFO(tag)
#define MODULE_DEVICE_TABLE(type, table)	__MODULE_INFO(table)
#define MODULE_IMPORT_NS(namespace)	__MODULE_INFO(namespace)

/*
 * A reference keeps the driver loaded. All drivers of an executable are loaded and unloaded
 * together, so they share one struct module.
 */
bool try_module_get(struct module *module);
void __module_get(struct module *module);
void module_put(struct module *module);
unsigned int module_refcount(struct module *module);

#endif
