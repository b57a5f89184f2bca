// SPDX-License-Identifier: GPL-2.0-only
/* process.c - the side of the program: see process.h */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "process.h"
#include "../observer/observer-ioctl.h"

#define MOST_FILES	16

static struct channel *channels;
static struct channel *channel;
static int files[MOST_FILES];
static int observer;
static void *scratch;
static sigjmp_buf fault;

static void on_fault(int signal)
{
	siglongjmp(fault, signal);
}

/* memcpy() that may fault: 0, or the signal. */
static int copy(void *to, const void *from, unsigned long length)
{
	int signal = sigsetjmp(fault, 1);

	if (!signal)
		memcpy(to, from, length);
	return signal;
}

static long result(long ret)
{
	return ret < 0 ? -errno : ret;
}

static long map(const unsigned long *argument, int flags, int file)
{
	void *memory = mmap((void *)argument[0], argument[1], (int)argument[2],
			    flags | MAP_FIXED_NOREPLACE, file, 0);

	return memory == MAP_FAILED ? -errno : 0;
}

static long map_memory(const unsigned long *argument)
{
	long ret = map(argument, MAP_PRIVATE | MAP_ANONYMOUS, -1);

	if (!ret && argument[3])
		ret = result(madvise((void *)argument[0], argument[1], MADV_HUGEPAGE));
	return ret;
}

static long map_file(const struct channel *asked)
{
	int shared = asked->argument[3] != 0;
	int file = open((const char *)asked->data, O_RDWR | O_CLOEXEC);
	long ret;

	if (file < 0)
		return -errno;
	ret = map(asked->argument, shared ? MAP_SHARED : MAP_PRIVATE, file);
	close(file);
	return ret;
}

static long map_at(const unsigned long *argument)
{
	void *memory = mmap((void *)argument[0], argument[1], (int)argument[2],
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);

	return memory == MAP_FAILED ? -errno : 0;
}

static long remap(const unsigned long *argument)
{
	void *memory = mremap((void *)argument[0], argument[1], argument[2], (int)argument[3],
			      (void *)argument[4]);

	return memory == MAP_FAILED ? -errno : (long)memory;
}

/* The scenario counts files of the driver from 0; the process has others. */
static long open_file(const char *path)
{
	int number = 0;

	while (number < MOST_FILES && files[number] >= 0)
		number++;
	if (number == MOST_FILES)
		return -EMFILE;
	files[number] = open(path, O_RDWR | O_CLOEXEC);
	return files[number] < 0 ? -errno : number;
}

static bool is_open(unsigned long number)
{
	return number < MOST_FILES && files[number] >= 0;
}

static long map_device(const struct channel *asked)
{
	unsigned long number = asked->argument[3];

	return is_open(number) ? map(asked->argument, MAP_SHARED, files[number]) : -EBADF;
}

static long close_file(unsigned long number)
{
	long ret;

	if (!is_open(number))
		return -EBADF;
	ret = result(close(files[number]));
	files[number] = -1;
	return ret;
}

static long call_driver(const struct channel *asked)
{
	unsigned long number = asked->argument[0], argument = asked->argument[2];

	if (!is_open(number))
		return -EBADF;
	if (asked->argument[3])
		argument = (unsigned long)asked->data;
	return result(ioctl(files[number], asked->argument[1], argument));
}

/*
 * A page that was just allocated waits for its LRU list, with a reference more, in a batch of this
 * processor.  Marking memory as cold is what makes the kernel hand the batch over.
 */
static void drain_lru_batch(void)
{
	madvise(scratch, 1, MADV_COLD);
}

/* Only a page on an LRU list can be swapped out. */
static long page_out(unsigned long address, unsigned long length)
{
	drain_lru_batch();
	return result(madvise((void *)address, length, MADV_PAGEOUT));
}

static long look(struct channel *asked)
{
	struct observer_range range = {
		.start	= asked->argument[0],
		.npages	= asked->argument[1],
		.pages	= (unsigned long)asked->data,
	};

	drain_lru_batch();
	return result(ioctl(observer, OBSERVER_LOOK, &range));
}

static long observe(struct channel *asked)
{
	unsigned long argument = asked->argument[1];

	if (asked->argument[2])
		argument = (unsigned long)asked->data;
	return result(ioctl(observer, asked->argument[0], argument));
}

/* The copy is a child of the scenario, which waits for its end, and has the files too. */
static long copy_process(unsigned long number)
{
	long pid = syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0);

	if (pid)
		return result(pid);
	channel = &channels[number];
	return 0;
}

static long carry_out(struct channel *asked)
{
	const unsigned long *argument = asked->argument;

	switch (asked->request) {
	case REQUEST_READ:
		return copy(asked->data, (void *)argument[0], argument[1]);
	case REQUEST_WRITE:
		return copy((void *)argument[0], asked->data, argument[1]);
	case REQUEST_MAP:
		return map_memory(argument);
	case REQUEST_MAP_FILE:
		return map_file(asked);
	case REQUEST_MAP_DEVICE:
		return map_device(asked);
	case REQUEST_UNMAP:
		return result(munmap((void *)argument[0], argument[1]));
	case REQUEST_PROTECT:
		return result(mprotect((void *)argument[0], argument[1], (int)argument[2]));
	case REQUEST_MAP_AT:
		return map_at(argument);
	case REQUEST_REMAP:
		return remap(argument);
	case REQUEST_ADVISE:
		return result(madvise((void *)argument[0], argument[1], (int)argument[2]));
	case REQUEST_LOCK:
		return result(mlock((void *)argument[0], argument[1]));
	case REQUEST_UNLOCK:
		return result(munlock((void *)argument[0], argument[1]));
	case REQUEST_PAGE_OUT:
		return page_out(argument[0], argument[1]);
	case REQUEST_OPEN:
		return open_file((const char *)asked->data);
	case REQUEST_CLOSE:
		return close_file(argument[0]);
	case REQUEST_IOCTL:
		return call_driver(asked);
	case REQUEST_LOOK:
		return look(asked);
	case REQUEST_OBSERVE:
		return observe(asked);
	case REQUEST_FORK:
		return copy_process(argument[0]);
	case REQUEST_EXIT:
		_exit(0);
	}
	return -ENOSYS;
}

void process_main(struct channel *all, unsigned long number)
{
	struct sigaction action = { .sa_handler = on_fault };
	unsigned long file;

	channels = all;
	channel = &all[number];
	for (file = 0; file < MOST_FILES; file++)
		files[file] = -1;
	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGBUS, &action, NULL);
	observer = open("/dev/observer", O_RDWR | O_CLOEXEC);
	scratch = mmap(NULL, 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	for (;;) {
		struct channel *asked = channel;
		long ret;

		while (sem_wait(&asked->asked))
			;
		ret = carry_out(asked);

		/* In the copy of a process, nobody has asked yet. */
		if (channel != asked)
			continue;
		asked->result = ret;
		sem_post(&asked->done);
	}
}
