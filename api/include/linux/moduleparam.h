/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * moduleparam.h - values that are given to a driver when it is loaded
 *
 * machine_set_parameter() gives them in a scenario.
 *
 * Differs: module_param_cb() and parameters in sysfs are missing. A parameter can be set while the
 * driver is loaded, whatever its permissions.
 */
#ifndef _LINUX_MODULEPARAM_H
#define _LINUX_MODULEPARAM_H

#include <linux/compiler.h>
#include <linux/types.h>

enum module_parameter_type {
	__MODULE_PARAMETER_byte,
	__MODULE_PARAMETER_short,
	__MODULE_PARAMETER_ushort,
	__MODULE_PARAMETER_int,
	__MODULE_PARAMETER_uint,
	__MODULE_PARAMETER_long,
	__MODULE_PARAMETER_ulong,
	__MODULE_PARAMETER_ullong,
	__MODULE_PARAMETER_bool,
	__MODULE_PARAMETER_charp,
};

/**
 * struct module_parameter - one parameter, of the machine itself
 * @name: its name
 * @value: the driver's variable
 * @size: of one element
 * @count: elements of an array; 1 for a single value
 * @nr: for how many elements were given, or NULL
 * @type: what is in it
 */
struct module_parameter {
	const char *name;
	void *value;
	unsigned int size;
	unsigned int count;
	unsigned int *nr;
	enum module_parameter_type type;
};

#define __MODULE_PARAMETER(parameter, variable, bytes, elements, given, kind) \
	static const struct module_parameter __parameter_##parameter __used \
		__section("module_parameters") __aligned(8) = { \
		.name = #parameter, \
		.value = variable, \
		.size = bytes, \
		.count = elements, \
		.nr = given, \
		.type = kind, \
	}

/**
 * module_param() - let a variable be set when the driver is loaded
 * @name: the variable, and the name of the parameter
 * @type: byte, short, ushort, int, uint, long, ulong, ullong, bool or charp
 * @permissions: of its file in sysfs, which there is none of
 */
#define module_param(name, type, permissions) \
	__MODULE_PARAMETER(name, &(name), sizeof(name), 1, NULL, __MODULE_PARAMETER_##type)
#define module_param_named(name, variable, type, permissions) \
	__MODULE_PARAMETER(name, &(variable), sizeof(variable), 1, NULL, \
			   __MODULE_PARAMETER_##type)
#define module_param_array(name, type, nr, permissions) \
	__MODULE_PARAMETER(name, name, sizeof((name)[0]), sizeof(name) / sizeof((name)[0]), nr, \
			   __MODULE_PARAMETER_##type)
#define MODULE_PARM_DESC(name, text)	struct module

#endif
