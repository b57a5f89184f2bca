/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fs.h - files of a device
 *
 * A file belongs to the program that opened it.
 *
 * Differs: of the file operations the machine calls open, release, flush, unlocked_ioctl and mmap
 * only; the others are there so that a driver's table compiles. There are no files but those of
 * devices.
 */
#ifndef _LINUX_FS_H
#define _LINUX_FS_H

#include <linux/errno.h>
#include <linux/kdev_t.h>
#include <linux/list.h>
#include <linux/types.h>
#include <linux/wait.h>
#include <linux/xarray.h>

struct address_space;
struct cdev;
struct file;
struct inode;
struct module;
struct page;
struct poll_table_struct;
struct vm_area_struct;

typedef unsigned int __poll_t;
typedef void *fl_owner_t;

#define SEEK_SET	0
#define SEEK_CUR	1
#define SEEK_END	2

#define FMODE_READ	0x1u
#define FMODE_WRITE	0x2u
#define O_RDONLY	00
#define O_WRONLY	01
#define O_RDWR		02
#define O_NONBLOCK	04000
#define O_CLOEXEC	02000000

struct file_operations {
	struct module *owner;
	loff_t (*llseek)(struct file *file, loff_t offset, int whence);
	ssize_t (*read)(struct file *file, char __user *buf, size_t size, loff_t *pos);
	ssize_t (*write)(struct file *file, const char __user *buf, size_t size, loff_t *pos);
	__poll_t (*poll)(struct file *file, struct poll_table_struct *table);
	long (*unlocked_ioctl)(struct file *file, unsigned int command, unsigned long argument);
	long (*compat_ioctl)(struct file *file, unsigned int command, unsigned long argument);
	int (*mmap)(struct file *file, struct vm_area_struct *vma);
	int (*open)(struct inode *inode, struct file *file);
	int (*flush)(struct file *file, fl_owner_t id);
	int (*release)(struct inode *inode, struct file *file);
	int (*fsync)(struct file *file, loff_t start, loff_t end, int datasync);
};

/**
 * struct address_space - what the pages of a file belong to
 * @host: the file's inode
 * @link: of the machine itself: on the list of all files of programs
 * @vmas: of the machine itself: mappings of a file of programs
 * @npages: of the machine itself: its length
 * @pages: of the machine itself: its pages, with a reference on each; NULL where nobody was yet
 */
struct address_space {
	struct inode *host;
	struct list_head link;
	struct list_head vmas;
	unsigned long npages;
	struct page **pages;
};

struct inode {
	dev_t i_rdev;
	umode_t i_mode;
	struct cdev *i_cdev;
	struct address_space *i_mapping;
	struct address_space i_data;
	void *i_private;
};

struct file {
	const struct file_operations *f_op;
	struct inode *f_inode;
	struct address_space *f_mapping;
	fmode_t f_mode;
	unsigned int f_flags;
	loff_t f_pos;
	void *private_data;
	/* Of the machine itself: the descriptor, and each mapping of the file. */
	unsigned int users;
};

/**
 * get_file() - take a reference on an open file
 * @file: the file
 *
 * Return: @file.
 */
struct file *get_file(struct file *file);

/**
 * fput() - drop a reference on an open file
 * @file: the file; the last reference calls the driver's release()
 */
void fput(struct file *file);

static inline struct inode *file_inode(const struct file *file)
{
	return file->f_inode;
}

static inline unsigned int iminor(const struct inode *inode)
{
	return MINOR(inode->i_rdev);
}

static inline unsigned int imajor(const struct inode *inode)
{
	return MAJOR(inode->i_rdev);
}

int alloc_chrdev_region(dev_t *first, unsigned int minor, unsigned int count, const char *name);
int register_chrdev_region(dev_t first, unsigned int count, const char *name);
void unregister_chrdev_region(dev_t first, unsigned int count);
int register_chrdev(unsigned int major, const char *name, const struct file_operations *fops);
void unregister_chrdev(unsigned int major, const char *name);

loff_t default_llseek(struct file *file, loff_t offset, int whence);
loff_t noop_llseek(struct file *file, loff_t offset, int whence);
loff_t no_llseek(struct file *file, loff_t offset, int whence);
int nonseekable_open(struct inode *inode, struct file *file);
long compat_ptr_ioctl(struct file *file, unsigned int command, unsigned long argument);

#endif
