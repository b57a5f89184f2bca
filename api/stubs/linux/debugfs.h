/* SPDX-License-Identifier: GPL-2.0-only */
/* debugfs.h - there is no debugfs: directories and files are made of nothing */
#ifndef _LINUX_DEBUGFS_H
#define _LINUX_DEBUGFS_H

#include <linux/err.h>
#include <linux/fs.h>

struct dentry;

#define debugfs_create_dir(name, parent)	((void)(name), (void)(parent), (struct dentry *)NULL)
#define debugfs_create_file(name, mode, parent, data, fops) \
	((void)(name), (void)(parent), (void)(data), (void)(fops), (struct dentry *)NULL)
#define debugfs_create_u32(name, mode, parent, value)	((void)(parent), (void)(value))
#define debugfs_create_u64(name, mode, parent, value)	((void)(parent), (void)(value))
#define debugfs_create_bool(name, mode, parent, value)	((void)(parent), (void)(value))
#define debugfs_remove(dentry)			((void)(dentry))
#define debugfs_remove_recursive(dentry)	((void)(dentry))

#endif
