// SPDX-License-Identifier: GPL-2.0-only
/*
 * mapping.c - frames of the machine at the addresses of a program, and faults that really happen
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include "host/host.h"
#include "host/private.h"

static struct {
	unsigned long start, end;
	int (*fault)(unsigned long addr, enum host_access access);
	struct sigaction before_segv, before_bus;
} program;

/* Not through the C library's functions, which ThreadSanitizer takes for accesses to the memory. */
int host_map_frame(unsigned long addr, unsigned long size, unsigned long offset, bool writable)
{
	int prot = writable ? PROT_READ | PROT_WRITE : PROT_READ;
	int saved = errno;
	long at = syscall(SYS_mmap, addr, size, prot, MAP_SHARED | MAP_FIXED, frames_fd, offset);

	errno = saved;
	return at == -1 ? -1 : 0;
}

int host_unmap_range(unsigned long addr, unsigned long size)
{
	int saved = errno, ret = syscall(SYS_munmap, addr, size);

	errno = saved;
	return ret;
}

/* What the processor says about the access, where we know how to read it. */
static enum host_access access_of(const void *context)
{
#ifdef __x86_64__
	const ucontext_t *user = context;

	return user->uc_mcontext.gregs[REG_ERR] & 2 ? HOST_STORE : HOST_LOAD;
#else
	(void)context;
	return HOST_UNKNOWN;
#endif
}

/* As if the machine were not there. */
static void pass_on(int signal, siginfo_t *info, void *context)
{
	const struct sigaction *before = signal == SIGBUS ? &program.before_bus :
							    &program.before_segv;

	if (before->sa_flags & SA_SIGINFO) {
		before->sa_sigaction(signal, info, context);
	} else if (before->sa_handler == SIG_DFL || before->sa_handler == SIG_IGN) {
		struct sigaction action = { .sa_handler = SIG_DFL };

		/* The access comes again, and now ends the process. */
		sigaction(signal, &action, NULL);
		if (signal != info->si_signo)
			raise(signal);
	} else {
		before->sa_handler(signal);
	}
}

static void on_segv(int signal, siginfo_t *info, void *context)
{
	unsigned long addr = (unsigned long)info->si_addr;
	int saved = errno, result = SIGSEGV;

	if (addr >= program.start && addr < program.end)
		result = program.fault(addr, access_of(context));
	errno = saved;
	if (result)
		pass_on(result, info, context);
	(void)signal;
}

int host_catch_faults(unsigned long start, unsigned long end,
		      int (*fault)(unsigned long addr, enum host_access access))
{
	struct sigaction action = { .sa_sigaction = on_segv, .sa_flags = SA_SIGINFO | SA_NODEFER };

	program.start = start;
	program.end = end;
	program.fault = fault;
	if (sigaction(SIGBUS, NULL, &program.before_bus) ||
	    sigaction(SIGSEGV, &action, &program.before_segv))
		return -errno;
	return 0;
}

void host_release_faults(void)
{
	sigaction(SIGSEGV, &program.before_segv, NULL);
	host_unmap_range(program.start, program.end - program.start);
}
