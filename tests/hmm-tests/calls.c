// SPDX-License-Identifier: GPL-2.0-only
/* calls.c - system calls of upstream's test, about memory and files */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

#include "calls.h"
#include "gup.h"

struct program *running;

/* Descriptors of the machine's devices are numbered from here on, above those of the host. */
#define FIRST_DEVICE	1000
/* Files of the machine, and what has no file. */
#define FIRST_FILE	2000
#define MOST_FILES	16
#define GUP_TEST	3000
#define PAGEMAP		3001

static struct {
	struct program_file *file;
	unsigned long length;
} files[MOST_FILES];

static int fail(long error)
{
	errno = error ? (int)-error : ENOMEM;
	return -1;
}

static int answer(long ret)
{
	return ret < 0 ? fail(ret) : (int)ret;
}

/* The device's memory that the CPU can reach begins where the machine has no other. */
static void boot(void)
{
	char path[32];

	machine_set_parameter("spm_addr_dev0", "0x180000000");
	machine_set_parameter("spm_addr_dev1", "0x190000000");
	if (machine_boot() || machine_load_driver()) {
		fprintf(stderr, "the driver cannot be loaded\n");
		exit(1);
	}
	/* Of those that Linux has no node for, as for 5.10, and as somebody who runs the test makes them. */
	for (unsigned int i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "/dev/hmm_dmirror%u", i);
		machine_make_node(path, "HMM_DMIRROR", i);
	}
	running = program_start();
	program_attach(running);
}

bool machine_ends(void)
{
	unsigned long wrong;

	if (!running)
		return true;
	program_detach(running);
	wrong = machine_violations();
	wrong += machine_shutdown();
	running = NULL;
	return !wrong;
}

/* --- Files -------------------------------------------------------------------------------------- */

static bool is_device(int fd)
{
	return fd >= FIRST_DEVICE && fd < FIRST_FILE;
}

static bool is_file(int fd)
{
	return fd >= FIRST_FILE && fd < FIRST_FILE + MOST_FILES;
}

static int new_file(void)
{
	for (int i = 0; i < MOST_FILES; i++) {
		if (!files[i].file && !files[i].length) {
			files[i].length = 1;
			return FIRST_FILE + i;
		}
	}
	return fail(-EMFILE);
}

int machine_open(const char *path, int flags, ...)
{
	va_list arguments;
	int mode, fd;

	va_start(arguments, flags);
	mode = va_arg(arguments, int);
	va_end(arguments);
	if (!strncmp(path, "/dev/hmm_dmirror", strlen("/dev/hmm_dmirror"))) {
		if (!running)
			boot();
		fd = program_open(running, path);
		return fd < 0 ? fail(fd) : fd + FIRST_DEVICE;
	}
	if (running && (flags & O_TMPFILE) == O_TMPFILE)
		return new_file();
	if (!strcmp(path, "/sys/kernel/debug/gup_test"))
		return GUP_TEST;
	if (!strcmp(path, "/proc/self/pagemap"))
		return PAGEMAP;
	/* The machine has none, whatever the host has. */
	if (!strcmp(path, "/proc/meminfo"))
		return open("/dev/null", flags);
	return open(path, flags, mode);
}

/* The harness of older releases tears down a test that has failed again and again, until it is late. */
static int close_device(int fd)
{
	static int refused;
	int ret = program_close(running, fd);

	if (ret && ++refused == 3)
		abort();
	return answer(ret);
}

int machine_close(int fd)
{
	if (fd >= GUP_TEST)
		return 0;
	if (is_device(fd))
		return close_device(fd - FIRST_DEVICE);
	/* Files of the machine live as long as it does. */
	return is_file(fd) ? 0 : close(fd);
}

int machine_ioctl(int fd, unsigned long request, ...)
{
	va_list arguments;
	void *argument;

	va_start(arguments, request);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	if (fd == GUP_TEST)
		return answer(gup_test(running, request, argument));
	return answer(is_device(fd) ? program_ioctl(running, fd - FIRST_DEVICE, request, argument) :
				      -ENOTTY);
}

int machine_ftruncate(int fd, off_t length)
{
	if (!is_file(fd))
		return ftruncate(fd, length);
	files[fd - FIRST_FILE].length = length;
	files[fd - FIRST_FILE].file = program_create_file(length);
	return files[fd - FIRST_FILE].file ? 0 : fail(-ENOMEM);
}

ssize_t machine_pread(int fd, void *buf, size_t count, off_t offset)
{
	int ret;

	if (!is_file(fd))
		return pread(fd, buf, count, offset);
	ret = program_read_file(files[fd - FIRST_FILE].file, offset, buf, count);
	return ret ? fail(ret) : (ssize_t)count;
}

ssize_t machine_pwrite(int fd, const void *buf, size_t count, off_t offset)
{
	int ret;

	if (!is_file(fd))
		return pwrite(fd, buf, count, offset);
	ret = program_write_file(files[fd - FIRST_FILE].file, offset, buf, count);
	return ret ? fail(ret) : (ssize_t)count;
}

ssize_t machine_read(int fd, void *buf, size_t count)
{
	return is_file(fd) ? fail(-EINVAL) : read(fd, buf, count);
}

/* --- Memory ------------------------------------------------------------------------------------- */

static int prot_of(int prot)
{
	return (prot & PROT_READ ? PROGRAM_READ : 0) | (prot & PROT_WRITE ? PROGRAM_WRITE : 0);
}

/* A test of 7.2 goes on using the address of what it has unmapped, which Linux gives it again. */
static struct {
	unsigned long addr, length;
} last_unmapped;

static unsigned long map_anonymous(unsigned long addr, unsigned long length, int prot)
{
	if (!addr && length == last_unmapped.length) {
		addr = last_unmapped.addr;
		last_unmapped.length = 0;
	}
	return addr ? program_map_at(running, addr, length, prot) :
		      program_map(running, length, prot);
}

static unsigned long map(void *addr, size_t length, int prot, int flags, int fd)
{
	struct program_file *file;

	if (flags & MAP_HUGETLB)
		return 0;
	if (is_device(fd))
		return program_map_device(running, fd - FIRST_DEVICE, length,
					  prot | (flags & MAP_SHARED ? 0 : PROGRAM_PRIVATE));
	if (is_file(fd))
		return program_map_file(running, files[fd - FIRST_FILE].file, prot,
					!!(flags & MAP_SHARED));
	if (flags & MAP_SHARED) {
		file = program_create_file(length);
		return file ? program_map_file(running, file, prot, 1) : 0;
	}
	return map_anonymous(flags & MAP_FIXED ? (unsigned long)addr : 0, length, prot);
}

void *machine_mmap(void *addr, size_t length, int prot, int flags, int fd, off_t offset)
{
	unsigned long mapped;

	if (!running)
		return mmap(addr, length, prot, flags, fd, offset);
	mapped = map(addr, length, prot_of(prot), flags, fd);
	if (mapped)
		return (void *)mapped;
	fail(-ENOMEM);
	return MAP_FAILED;
}

int machine_munmap(void *addr, size_t length)
{
	if (!running)
		return munmap(addr, length);
	last_unmapped.addr = (unsigned long)addr;
	last_unmapped.length = length;
	return answer(program_unmap(running, (unsigned long)addr, length));
}

int machine_mprotect(void *addr, size_t length, int prot)
{
	return running ? answer(program_protect(running, (unsigned long)addr, length,
						prot_of(prot))) :
			 mprotect(addr, length, prot);
}

void *machine_mremap(void *addr, size_t old_length, size_t length, int flags, ...)
{
	va_list arguments;
	unsigned long to, mapped;

	va_start(arguments, flags);
	to = va_arg(arguments, unsigned long);
	va_end(arguments);
	mapped = program_remap(running, (unsigned long)addr, old_length, length, flags, to);
	if (mapped)
		return (void *)mapped;
	fail(-EINVAL);
	return MAP_FAILED;
}

static const struct {
	int advice;
	enum program_advice is;
} advices[] = {
	{ MADV_DONTNEED, PROGRAM_ADVICE_DONTNEED },
	{ MADV_FREE, PROGRAM_ADVICE_FREE },
	{ MADV_HUGEPAGE, PROGRAM_ADVICE_HUGEPAGE },
	{ MADV_NOHUGEPAGE, PROGRAM_ADVICE_NOHUGEPAGE },
	{ 25, PROGRAM_ADVICE_COLLAPSE },	/* MADV_COLLAPSE, which older headers lack */
};

int machine_madvise(void *addr, size_t length, int advice)
{
	for (unsigned int i = 0; i < sizeof(advices) / sizeof(advices[0]); i++)
		if (advices[i].advice == advice)
			return answer(program_advise(running, (unsigned long)addr, length,
						     advices[i].is));
	return fail(-EINVAL);
}
