// SPDX-License-Identifier: GPL-2.0-only
/*
 * machine.c - the machine of program.h is the Linux this runs on.
 *
 * The driver is the module that the environment variable DRIVER names, with the parameters in
 * DRIVER_PARAMETERS if there are any, and /dev/observer has to be there.  A rule of the kernel was broken when the kernel logged a warning or worse.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "machine.h"
#include "../observer/observer-ioctl.h"

/* Levels of the kernel's log from this one down are complaints. */
#define LEVEL_WARNING	4

static int kernel_log = -1;
static int observer = -1;
static unsigned long violations;
static char last_violation[256];
static char module_name[64];

unsigned int machine_release(void)
{
	unsigned int major = 0, minor = 0;
	struct utsname name;

	if (!uname(&name))
		sscanf(name.release, "%u.%u", &major, &minor);
	return MACHINE_RELEASE(major, minor);
}

/*
 * Everything runs on one processor, since a page that was allocated on another one would wait
 * there to get on its LRU list.
 */
static int stay_on_one_processor(void)
{
	cpu_set_t processors;

	CPU_ZERO(&processors);
	CPU_SET(0, &processors);
	return sched_setaffinity(0, sizeof(processors), &processors) ? -errno : 0;
}

int machine_boot(void)
{
	int ret = stay_on_one_processor();

	if (!ret)
		ret = programs_boot();
	if (ret)
		return ret;

	observer = open("/dev/observer", O_RDWR | O_CLOEXEC);
	kernel_log = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (observer < 0 || kernel_log < 0 || lseek(kernel_log, 0, SEEK_END) < 0)
		return -errno;
	return 0;
}

/* cpu-fault.ko is known to the kernel as cpu_fault. */
static void set_module_name(const char *path)
{
	const char *name = strrchr(path, '/');
	char *c;

	snprintf(module_name, sizeof(module_name), "%s", name ? name + 1 : path);
	module_name[strcspn(module_name, ".")] = '\0';
	for (c = module_name; *c; c++) {
		if (*c == '-')
			*c = '_';
	}
}

/* It is memory: see init. */
void machine_set_swap(enum machine_swap swap)
{
	(void)swap;
}

int machine_load_driver(void)
{
	const char *path = getenv("DRIVER"), *parameters = getenv("DRIVER_PARAMETERS");
	int file, ret = 0;

	if (!path)
		return -ENOEXEC;
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return -errno;
	if (syscall(SYS_finit_module, file, parameters ? parameters : "", 0))
		ret = -errno;
	close(file);
	if (ret)
		return ret == -EEXIST ? -EBUSY : ret;
	set_module_name(path);
	return 0;
}

void machine_unload_driver(void)
{
	if (!module_name[0])
		return;
	if (syscall(SYS_delete_module, module_name, O_NONBLOCK)) {
		violations++;
		snprintf(last_violation, sizeof(last_violation), "module-busy");
		fprintf(stderr, "%s cannot be unloaded: %s\n", module_name, strerror(errno));
		return;
	}
	module_name[0] = '\0';
}

static struct observer_counts observer_counts(void)
{
	struct observer_counts counts = { 0 };

	if (ioctl(observer, OBSERVER_COUNT, &counts)) {
		perror("/dev/observer");
		exit(1);
	}
	return counts;
}

struct machine_counts machine_count(void)
{
	struct observer_counts seen = observer_counts();
	struct machine_counts counts = {
		.slab_objects = (unsigned long)seen.objects,
		.pinned_pages = seen.pins,
	};

	programs_count(&counts);
	return counts;
}

/* A record is "level,sequence,time,flags;text". */
static void read_kernel_log(void)
{
	char record[8192];
	ssize_t length;

	while ((length = read(kernel_log, record, sizeof(record) - 1)) > 0 || errno == EPIPE) {
		char *text;

		if (length <= 0)
			continue;
		record[length] = '\0';
		text = strchr(record, ';');
		if (!text || (strtoul(record, NULL, 10) & 7) > LEVEL_WARNING)
			continue;
		text[strcspn(text, "\n")] = '\0';
		violations++;
		snprintf(last_violation, sizeof(last_violation), "%s", text + 1);
		fprintf(stderr, "kernel log: %s\n", text + 1);
	}
}

unsigned long machine_violations(void)
{
	read_kernel_log();
	return violations;
}

const char *machine_last_violation(void)
{
	read_kernel_log();
	return last_violation;
}

int machine_shutdown(void)
{
	struct observer_counts left;
	int leaks;

	programs_exit_all();
	machine_unload_driver();
	left = observer_counts();
	leaks = (int)left.pins + (int)left.objects;
	if (module_name[0])
		leaks++;
	if (left.objects)
		fprintf(stderr, "%lld object(s) of the driver are still in use\n",
			(long long)left.objects);
	if (left.pins)
		fprintf(stderr, "%llu reference(s) of program_pin() were not dropped\n",
			(unsigned long long)left.pins);
	return leaks;
}
