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
void *host_copy(const void *object, unsigned long size);
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
