// SPDX-License-Identifier: GPL-2.0-only
/*
 * children.c - fork(), and what parents do with children, within one process
 *
 * Before a device is opened, a fork() is that of the test's harness, which gives each test a process of
 * its own. After that it is the test's. The machine is in this process, so the child is too: its program
 * is a fork on the machine, and its stack is set aside as it was. It runs when its parent waits for it,
 * and then on that stack, which is put where it was; its parent's is set aside meanwhile.
 *
 * Differs: the heap is that of the parent. Children do not run at the same time as their parent, so one
 * that waits to be killed is killed before it has begun.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#include "calls.h"

#define FIRST_CHILD	100000
#define MOST_CHILDREN	64

/* Where the stack of the process begins, which it grows down from. */
extern void *__libc_stack_end;

/* A place in the program: to go on there, its stack has to be as it was. */
struct place {
	jmp_buf registers;
	char *stack;
	size_t size;
};

static struct child {
	struct program *program;
	struct place place;
	int status;
	bool ended;
} children[MOST_CHILDREN];

static int nr_children;
static struct child *current_child;
static struct program *parent;
static struct place parents_place;

static void leave(struct place *place)
{
	free(place->stack);
	place->stack = NULL;
}

/* The frames of all that called the one with this address, and that one itself. */
static void keep_stack(struct place *place, void *lowest)
{
	place->size = (char *)__libc_stack_end - (char *)lowest;
	place->stack = malloc(place->size);
	if (!place->stack) {
		perror("malloc");
		_exit(1);
	}
	memcpy(place->stack, lowest, place->size);
}

static struct place *destination;

static void put_stack_back(void)
{
	memcpy((char *)__libc_stack_end - destination->size, destination->stack, destination->size);
	leave(destination);
	longjmp(destination->registers, 1);
}

/* On another stack, as this one is overwritten. */
static void go_to(struct place *place)
{
	static char stack[64 * 1024] __attribute__((aligned(16)));
	ucontext_t context;

	destination = place;
	getcontext(&context);
	context.uc_stack.ss_sp = stack;
	context.uc_stack.ss_size = sizeof(stack);
	context.uc_link = NULL;
	makecontext(&context, put_stack_back, 0);
	setcontext(&context);
}

/* With room for what the caller has below the address of its frame. */
#define KEEP_PLACE(place) \
	(setjmp((place)->registers) ? 1 : (keep_stack(place, (char *)__builtin_frame_address(0) - 4096), 0))

pid_t machine_fork(void)
{
	struct child *child = &children[nr_children];

	if (!running)
		return fork();
	if (nr_children == MOST_CHILDREN) {
		errno = EAGAIN;
		return -1;
	}
	*child = (struct child){ .program = program_fork(running) };
	if (!child->program) {
		errno = ENOMEM;
		return -1;
	}
	nr_children++;
	if (KEEP_PLACE(&child->place))
		return 0;
	return FIRST_CHILD + (int)(child - children);
}

static void run(struct program *p)
{
	program_detach(running);
	running = p;
	program_attach(p);
}

static void end(struct child *child, int status)
{
	child->status = status;
	child->ended = true;
	program_exit(child->program);
}

void child_ends(int status)
{
	struct child *child = current_child;

	if (!child)
		return;
	current_child = NULL;
	run(parent);
	end(child, status);
	go_to(&parents_place);
}

static struct child *child_of(pid_t pid)
{
	return running && pid >= FIRST_CHILD && pid < FIRST_CHILD + nr_children ?
		&children[pid - FIRST_CHILD] : NULL;
}

pid_t machine_waitpid(pid_t pid, int *status, int options)
{
	struct child *child = child_of(pid);

	if (!child)
		return waitpid(pid, status, options);
	if (!child->ended && !KEEP_PLACE(&parents_place)) {
		parent = running;
		current_child = child;
		run(child->program);
		go_to(&child->place);
	}
	/* The child may have been the one before, in what the compiler knows. */
	child = child_of(pid);
	if (status)
		*status = child->status;
	return pid;
}

int machine_kill(pid_t pid, int signal)
{
	struct child *child = child_of(pid);

	if (!child)
		return kill(pid, signal);
	if (!child->ended) {
		end(child, signal);
		leave(&child->place);
	}
	return 0;
}

/* --- The end ------------------------------------------------------------------------------------ */

/* A machine that is not clean makes a test fail that has passed. */
static int status_of(int status)
{
	return machine_ends() ? status : status ?: 1;
}

void machine__exit(int status)
{
	child_ends(status << 8);
	status = status_of(status);
	fflush(NULL);
	_exit(status);
}

void machine_exit(int status)
{
	child_ends(status << 8);
	exit(status_of(status));
}

void machine_abort(void)
{
	child_ends(SIGABRT);
	abort();
}
