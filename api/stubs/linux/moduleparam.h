/* SPDX-License-Identifier: GPL-2.0-only */
/* moduleparam.h - a parameter keeps the value that the driver gives it */
#ifndef _LINUX_MODULEPARAM_H
#define _LINUX_MODULEPARAM_H

#define module_param(name, type, permissions)			struct module
#define module_param_named(name, value, type, permissions)	struct module
#define module_param_array(name, type, count, permissions)	struct module
#define MODULE_PARM_DESC(name, text)				struct module

#endif
