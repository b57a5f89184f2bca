// SPDX-License-Identifier: GPL-2.0-only
/*
 * program.c - the programs of program.h as processes of a running Linux.
 *
 * With machine.c it takes the place of the reference implementation: the same scenario is linked
 * with either.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "machine.h"
#include "process.h"
#include "program.h"
#include "../observer/observer-ioctl.h"

#define MOST_PROGRAMS	16
#define MOST_MAPPINGS	64
#define MAPPING_ALIGN	(2UL << 20)

/* A load that faults for ever does not come back; the program is then killed. */
#define ANSWER_SECONDS	20

/* And if it hangs in the kernel, not even that ends it. */
#define KILL_SECONDS	5

/* Pages that one request can look at. */
#define LOOK_PAGES	(CHANNEL_DATA / sizeof(struct observer_page))

struct mapping {
	unsigned long start;
	unsigned long length;
};

struct program {
	pid_t pid;
	struct channel *channel;
	unsigned long next_address;
	struct mapping mappings[MOST_MAPPINGS];
	unsigned int nr_mappings;
};

static struct program programs[MOST_PROGRAMS];
static struct channel *channels;

int programs_boot(void)
{
	size_t i;

	if (channels)
		return 0;
	channels = mmap(NULL, MOST_PROGRAMS * sizeof(*channels), PROT_READ | PROT_WRITE,
			MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (channels == MAP_FAILED) {
		channels = NULL;
		return -errno;
	}
	for (i = 0; i < MOST_PROGRAMS; i++) {
		sem_init(&channels[i].asked, 1, 0);
		sem_init(&channels[i].done, 1, 0);
	}
	return 0;
}

static void forget(struct program *p)
{
	int tenths = KILL_SECONDS * 10;

	while (!waitpid(p->pid, NULL, WNOHANG) && tenths--)
		usleep(100000);
	if (tenths < 0)
		fprintf(stderr, "the program cannot be killed\n");
	p->pid = 0;
	while (!sem_trywait(&p->channel->asked) || !sem_trywait(&p->channel->done))
		;
}

/* Lets the program do what is in its channel.  -ESRCH when it did not answer, and is dead now. */
static long ask(struct program *p, enum request request)
{
	struct channel *channel = p->channel;
	struct timespec until;

	if (!p->pid)
		return -ESRCH;
	channel->request = request;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += ANSWER_SECONDS;
	sem_post(&channel->asked);
	while (sem_timedwait(&channel->done, &until)) {
		if (errno == EINTR)
			continue;
		fprintf(stderr, "no answer for %d s: the program is killed\n", ANSWER_SECONDS);
		kill(p->pid, SIGKILL);
		forget(p);
		return -ESRCH;
	}
	return channel->result;
}

static struct program *free_program(void)
{
	size_t i;

	for (i = 0; i < MOST_PROGRAMS; i++) {
		if (!programs[i].channel) {
			programs[i] = (struct program){ .channel = &channels[i],
							.next_address = ARENA_START };
			return &programs[i];
		}
	}
	return NULL;
}

struct program *program_start(void)
{
	struct program *p = free_program();

	if (!p)
		return NULL;
	fflush(NULL);
	p->pid = fork();
	if (p->pid < 0) {
		p->channel = NULL;
		return NULL;
	}
	if (!p->pid)
		process_main(channels, (unsigned long)(p->channel - channels));
	return p;
}

struct program *program_fork(struct program *p)
{
	struct program *child = free_program();
	struct channel *channel;
	long pid;

	if (!child)
		return NULL;
	p->channel->argument[0] = (unsigned long)(child->channel - channels);
	pid = ask(p, REQUEST_FORK);
	channel = child->channel;
	*child = *p;
	child->channel = channel;
	child->pid = (pid_t)pid;
	if (pid <= 0) {
		child->channel = NULL;
		return NULL;
	}
	return child;
}

void program_exit(struct program *p)
{
	if (p->pid) {
		p->channel->request = REQUEST_EXIT;
		sem_post(&p->channel->asked);
		forget(p);
	}
	p->channel = NULL;
}

void programs_exit_all(void)
{
	size_t i;

	for (i = 0; i < MOST_PROGRAMS; i++) {
		if (programs[i].channel)
			program_exit(&programs[i]);
	}
}

static int protection(int prot)
{
	return (prot & PROGRAM_READ ? PROT_READ : 0) |
	       (prot & PROGRAM_WRITE ? PROT_READ | PROT_WRITE : 0);
}

static long ask_range(struct program *p, enum request request, unsigned long start,
		      unsigned long length, int prot)
{
	p->channel->argument[0] = start;
	p->channel->argument[1] = length;
	p->channel->argument[2] = (unsigned long)protection(prot);
	return ask(p, request);
}

/* Arguments beside the range and the protection are in the channel already. */
static unsigned long map(struct program *p, enum request request, unsigned long length, int prot)
{
	struct mapping *mapping = &p->mappings[p->nr_mappings];
	unsigned long start = p->next_address;

	if (p->nr_mappings == MOST_MAPPINGS)
		return 0;
	length = (length + PROGRAM_PAGE_SIZE - 1) & ~(PROGRAM_PAGE_SIZE - 1);
	if (!length || length > ARENA_END - start || ask_range(p, request, start, length, prot))
		return 0;

	*mapping = (struct mapping){ start, length };
	p->nr_mappings++;
	/* A page more, so that no two mappings touch. */
	p->next_address = (start + length + MAPPING_ALIGN) & ~(MAPPING_ALIGN - 1);
	return start;
}

unsigned long program_map(struct program *p, unsigned long length, int prot)
{
	p->channel->argument[3] = prot & PROGRAM_HUGE;
	return map(p, REQUEST_MAP, length, prot);
}

unsigned long map_file_of_program(struct program *p, const char *name, unsigned long length, int prot,
				  int shared)
{
	p->channel->argument[3] = (unsigned long)shared;
	snprintf((char *)p->channel->data, CHANNEL_DATA, "%s", name);
	return map(p, REQUEST_MAP_FILE, length, prot);
}

long page_out_of_program(struct program *p, unsigned long addr, unsigned long length)
{
	return ask_range(p, REQUEST_PAGE_OUT, addr, length, 0);
}

unsigned long program_map_device(struct program *p, int fd, unsigned long length, int prot)
{
	p->channel->argument[3] = (unsigned long)fd;
	return map(p, REQUEST_MAP_DEVICE, length, prot);
}

int program_unmap(struct program *p, unsigned long addr, unsigned long length)
{
	return (int)ask_range(p, REQUEST_UNMAP, addr, length, 0);
}

int program_protect(struct program *p, unsigned long addr, unsigned long length, int prot)
{
	return (int)ask_range(p, REQUEST_PROTECT, addr, length, prot);
}

int program_lock(struct program *p, unsigned long addr, unsigned long length)
{
	return (int)ask_range(p, REQUEST_LOCK, addr, length, 0);
}

int program_unlock(struct program *p, unsigned long addr, unsigned long length)
{
	return (int)ask_range(p, REQUEST_UNLOCK, addr, length, 0);
}

unsigned long program_map_at(struct program *p, unsigned long addr, unsigned long length, int prot)
{
	return ask_range(p, REQUEST_MAP_AT, addr, length, prot) ? 0 : addr;
}

unsigned long program_remap(struct program *p, unsigned long addr, unsigned long old_length,
			    unsigned long length, int how, unsigned long to)
{
	unsigned long *argument = p->channel->argument;
	long ret;

	argument[0] = addr;
	argument[1] = old_length;
	argument[2] = length;
	argument[3] = (unsigned long)how;	/* the same numbers */
	argument[4] = to;
	ret = ask(p, REQUEST_REMAP);
	return ret < 0 ? 0 : (unsigned long)ret;
}

int program_advise(struct program *p, unsigned long addr, unsigned long length,
		   enum program_advice advice)
{
	static const int numbers[] = {
		[PROGRAM_ADVICE_DONTNEED] = MADV_DONTNEED,
		[PROGRAM_ADVICE_FREE] = MADV_FREE,
		[PROGRAM_ADVICE_HUGEPAGE] = MADV_HUGEPAGE,
		[PROGRAM_ADVICE_NOHUGEPAGE] = MADV_NOHUGEPAGE,
		[PROGRAM_ADVICE_COLLAPSE] = 25,	/* MADV_COLLAPSE, which older headers lack */
	};

	p->channel->argument[0] = addr;
	p->channel->argument[1] = length;
	p->channel->argument[2] = (unsigned long)numbers[advice];
	return (int)ask(p, REQUEST_ADVISE);
}

/* A part of a load or store that lies in one page. */
static unsigned long within_page(unsigned long addr, unsigned long length)
{
	unsigned long room = PROGRAM_PAGE_SIZE - addr % PROGRAM_PAGE_SIZE;

	return length < room ? length : room;
}

static int signal_of(long result)
{
	return result == -ESRCH ? SIGKILL : (int)result;
}

int program_read(struct program *p, unsigned long addr, void *buf, unsigned long length)
{
	unsigned char *to = buf;

	while (length) {
		unsigned long part = within_page(addr, length);
		long ret = ask_range(p, REQUEST_READ, addr, part, 0);

		if (ret)
			return signal_of(ret);
		memcpy(to, p->channel->data, part);
		addr += part;
		to += part;
		length -= part;
	}
	return 0;
}

int program_write(struct program *p, unsigned long addr, const void *buf, unsigned long length)
{
	const unsigned char *from = buf;

	while (length) {
		unsigned long part = within_page(addr, length);
		long ret;

		memcpy(p->channel->data, from, part);
		ret = ask_range(p, REQUEST_WRITE, addr, part, 0);
		if (ret)
			return signal_of(ret);
		addr += part;
		from += part;
		length -= part;
	}
	return 0;
}

static int observe(struct program *p, unsigned int command, unsigned long argument)
{
	p->channel->argument[0] = command;
	p->channel->argument[1] = argument;
	p->channel->argument[2] = _IOC_SIZE(command);
	return (int)ask(p, REQUEST_OBSERVE);
}

int program_pin(struct program *p, unsigned long addr)
{
	return observe(p, OBSERVER_PIN, addr);
}

int program_unpin(struct program *p, unsigned long addr)
{
	return observe(p, OBSERVER_UNPIN, addr);
}

int program_open(struct program *p, const char *path)
{
	snprintf((char *)p->channel->data, CHANNEL_DATA, "%s", path);
	return (int)ask(p, REQUEST_OPEN);
}

long program_ioctl(struct program *p, int fd, unsigned int cmd, void *arg)
{
	unsigned long address = (unsigned long)arg, size = _IOC_SIZE(cmd);
	int is_structure = size && (address < ARENA_START || address >= ARENA_END);
	long ret;

	p->channel->argument[0] = (unsigned long)fd;
	p->channel->argument[1] = cmd;
	p->channel->argument[2] = address;
	p->channel->argument[3] = (unsigned long)is_structure;
	if (is_structure)
		memcpy(p->channel->data, arg, size);
	ret = ask(p, REQUEST_IOCTL);
	if (is_structure)
		memcpy(arg, p->channel->data, size);
	return ret;
}

int program_close(struct program *p, int fd)
{
	p->channel->argument[0] = (unsigned long)fd;
	return (int)ask(p, REQUEST_CLOSE);
}

struct program_page_info program_page(struct program *p, unsigned long addr)
{
	const struct observer_page *seen = (const struct observer_page *)p->channel->data;

	if (ask_range(p, REQUEST_LOOK, addr & ~(PROGRAM_PAGE_SIZE - 1), 1, 0)) {
		fprintf(stderr, "the observer does not see page %#lx\n", addr);
		exit(1);
	}
	return (struct program_page_info){
		.where = (enum program_page)seen->where,
		.writable = seen->writable,
		.refcount = seen->refcount,
		.mapcount = seen->mapcount,
		.locked = seen->locked,
		.huge = seen->huge,
		.mlocked = seen->mlocked,
	};
}

/* What a mapping of a program contains goes behind what is in *pages already. */
static void look_at_mapping(struct program *p, const struct mapping *mapping,
			    struct observer_page **pages, size_t *count)
{
	unsigned long npages = mapping->length / PROGRAM_PAGE_SIZE, done, part;

	*pages = reallocarray(*pages, *count + npages, sizeof(**pages));
	if (!*pages) {
		perror("counting pages");
		exit(1);
	}
	for (done = 0; done < npages; done += part) {
		part = npages - done < LOOK_PAGES ? npages - done : LOOK_PAGES;
		if (ask_range(p, REQUEST_LOOK, mapping->start + done * PROGRAM_PAGE_SIZE, part, 0)) {
			fprintf(stderr, "the observer does not see the program's pages\n");
			exit(1);
		}
		memcpy(*pages + *count, p->channel->data, part * sizeof(**pages));
		*count += part;
	}
}

static int by_pfn(const void *a, const void *b)
{
	const struct observer_page *first = a, *second = b;

	return (first->pfn > second->pfn) - (first->pfn < second->pfn);
}

/* Programs share pages, and each counts once. */
void programs_count(struct machine_counts *counts)
{
	struct observer_page *pages = NULL;
	size_t count = 0, i;
	unsigned int number;

	for (i = 0; i < MOST_PROGRAMS; i++) {
		for (number = 0; programs[i].pid && number < programs[i].nr_mappings; number++)
			look_at_mapping(&programs[i], &programs[i].mappings[number], &pages, &count);
	}
	if (count)
		qsort(pages, count, sizeof(*pages), by_pfn);

	for (i = 0; i < count; i++) {
		const struct observer_page *seen = &pages[i];

		if (i && seen->pfn == pages[i - 1].pfn)
			continue;
		counts->system_pages += seen->where == OBSERVER_SYSTEM;
		counts->device_pages += seen->where == OBSERVER_DEVICE;
		counts->isolated_pages += seen->where == OBSERVER_SYSTEM && !seen->lru;
		counts->locked_pages += seen->locked;
	}
	free(pages);
}
