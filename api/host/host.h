/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * host.h - what the machine needs from the computer it runs on
 *
 * The files in host/ are the only ones that use the C library. They know nothing of the kernel:
 * this header has no kernel type, and can be included on either side.
 */
#ifndef API_HOST_H
#define API_HOST_H

/**
 * host_map_frames() - get the physical memory of the machine
 * @size: bytes
 *
 * All frames lie in one memfd, so that a single frame can be mapped at another address as well.
 *
 * Return: where the memory begins, zeroed; a null pointer on failure.
 */
void *host_map_frames(unsigned long size);
void host_unmap_frames(void);

/**
 * host_reserve() - get a large area that costs nothing until it is touched
 * @size: bytes
 *
 * Return: the area, zeroed, or a null pointer.
 */
void *host_reserve(unsigned long size);
void host_unreserve(void *area, unsigned long size);

void *host_alloc(unsigned long size);
void *host_zalloc(unsigned long size);
void *host_zalloc_aligned(unsigned long size, unsigned long alignment);
void *host_copy(const void *object, unsigned long size);
unsigned long *host_alloc_words(unsigned long count);
void host_free(void *object);

/**
 * host_format() - format text as the kernel does
 * @buf: for the text
 * @size: bytes of @buf
 * @fmt: printf format; letters after %p are taken as the kernel takes them
 * @args: arguments
 *
 * Return: the length of the whole text, as vsnprintf(3).
 */
int host_format(char *buf, unsigned long size, const char *fmt, __builtin_va_list args);

/* --- mapping.c: a program's memory at its own addresses --------------------------------------- */

/**
 * host_map_frame() - let the process itself access memory of the machine
 * @addr: address in the process
 * @size: bytes
 * @offset: where in the memory of host_map_frames()
 * @writable: for stores too
 *
 * Return: 0, or -1 when the process has too many mappings.
 */
int host_map_frame(unsigned long addr, unsigned long size, unsigned long offset, _Bool writable);

/* Takes what host_map_frame() mapped in a range away again. Returns 0 or -1, as above. */
int host_unmap_range(unsigned long addr, unsigned long size);

enum host_access { HOST_LOAD, HOST_STORE, HOST_UNKNOWN };

/**
 * host_catch_faults() - be told of accesses that nothing is mapped for
 * @start: first address of the range that is watched
 * @end: the address after the last
 * @fault: called in the thread that faulted, with the address and what it does there; returns 0
 *	when the access is to be tried again, or the signal that the process shall get
 *
 * Faults outside of the range go to whoever got them before.
 *
 * Return: 0, or a negative errno.
 */
int host_catch_faults(unsigned long start, unsigned long end,
		      int (*fault)(unsigned long addr, enum host_access access));
void host_release_faults(void);

/* --- thread.c: threads ------------------------------------------------------------------------- */

/* The machine belongs to one thread at a time, in the order in which they ask. */
void host_lock(void);
void host_unlock(void);
_Bool host_lock_is_wanted(void);

/* Lets others in until host_wake() is called, or @ms milliseconds have passed. */
void host_sleep(unsigned int ms);
void host_wake(void);

unsigned long host_milliseconds(void);

/* A number that no other thread has. */
unsigned long host_thread(void);

/* --- fiber.c: threads that run when they are told to ------------------------------------------- */

struct host_fiber;

/**
 * host_fiber_create() - make a thread that stands still
 * @main: what it runs when it is resumed first; it ends when that returns
 * @argument: for @main
 *
 * Return: the fiber, or a null pointer.
 */
struct host_fiber *host_fiber_create(void (*main)(void *argument), void *argument);

/* Runs a fiber until it suspends itself or ends. Returns whether it can be resumed again. */
_Bool host_fiber_resume(struct host_fiber *fiber);
/* Called in a fiber: back to whoever resumed it. */
void host_fiber_suspend(void);
/* Whether the fiber stayed behind in another process, at fork(2). */
_Bool host_fiber_is_lost(const struct host_fiber *fiber);
void host_fiber_free(struct host_fiber *fiber);

/* For ThreadSanitizer: what was done before host_released() is over after host_acquired(). */
void host_acquired(void *object);
void host_released(void *object);

/* The value of an environment variable, or a null pointer. */
const char *host_environment(const char *name);

/* Writes text to standard error. */
void host_message(const char *text);

/**
 * host_describe() - say where in the program an address is
 * @address: an address in code, such as a return address
 * @buf: for the text: function, file and line as far as they are known
 * @size: bytes of @buf
 *
 * Slow: for reports only.
 *
 * Return: @buf.
 */
const char *host_describe(const void *address, char *buf, unsigned long size);

/* Prints the calls that led here. */
void host_backtrace(void);

/* Flushes what was written and ends the process with SIGABRT. */
void host_abort(void) __attribute__((__noreturn__));

#endif
