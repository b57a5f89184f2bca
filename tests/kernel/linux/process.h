/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * process.h - a program of the scenario is a process that does what it is told.
 *
 * The scenario is a process too, and must not touch the memory it observes.  So each program is a
 * process of its own, and the two talk through a struct channel in memory they share: the scenario
 * writes a request and waits, the program carries it out with real system calls, loads and stores,
 * and leaves the result.
 */
#ifndef KERNEL_PROCESS_H
#define KERNEL_PROCESS_H

#include <semaphore.h>

#define CHANNEL_DATA	(64UL << 10)

/*
 * Where programs map memory.  Nothing else is there: neither the executable nor what the C library
 * maps comes near a terabyte, and the stack is far above.
 */
#define ARENA_START	(1UL << 40)
#define ARENA_END	(1UL << 41)

/**
 * enum request - what a program is told to do
 * @REQUEST_READ: load argument[1] bytes from argument[0] into data
 * @REQUEST_WRITE: store argument[1] bytes of data at argument[0]
 * @REQUEST_MAP: mmap() argument[1] bytes at argument[0] with protection argument[2], with huge
 *	pages if argument[3] is not 0
 * @REQUEST_MAP_FILE: likewise, the file whose name is in data, shared if argument[3] is not 0
 * @REQUEST_MAP_DEVICE: likewise, file argument[3] of the driver, shared
 * @REQUEST_UNMAP: munmap() argument[1] bytes at argument[0]
 * @REQUEST_PROTECT: mprotect() argument[1] bytes at argument[0] to argument[2]
 * @REQUEST_MAP_AT: mmap() as for REQUEST_MAP, in the place of what is there
 * @REQUEST_REMAP: mremap() argument[1] bytes at argument[0] to argument[2] bytes with flags argument[3],
 *	at argument[4]
 * @REQUEST_ADVISE: madvise() argument[1] bytes at argument[0] with argument[2]
 * @REQUEST_LOCK: mlock() argument[1] bytes at argument[0]
 * @REQUEST_UNLOCK: munlock() argument[1] bytes at argument[0]
 * @REQUEST_PAGE_OUT: swap argument[1] bytes at argument[0] out
 * @REQUEST_OPEN: open the file whose name is in data
 * @REQUEST_CLOSE: close file argument[0]
 * @REQUEST_IOCTL: call ioctl() of file argument[0] with command argument[1] and argument[2], or
 *	with the address of data if argument[3] is not 0
 * @REQUEST_LOOK: let the observer describe argument[1] pages from argument[0] on in data
 * @REQUEST_OBSERVE: call ioctl() of the observer with command argument[0] and argument[1], or with
 *	the address of data if argument[2] is not 0
 * @REQUEST_FORK: start a copy that listens to channel argument[0]
 * @REQUEST_EXIT: end
 */
enum request {
	REQUEST_READ,
	REQUEST_WRITE,
	REQUEST_MAP,
	REQUEST_MAP_FILE,
	REQUEST_MAP_DEVICE,
	REQUEST_UNMAP,
	REQUEST_PROTECT,
	REQUEST_MAP_AT,
	REQUEST_REMAP,
	REQUEST_ADVISE,
	REQUEST_LOCK,
	REQUEST_UNLOCK,
	REQUEST_PAGE_OUT,
	REQUEST_OPEN,
	REQUEST_CLOSE,
	REQUEST_IOCTL,
	REQUEST_LOOK,
	REQUEST_OBSERVE,
	REQUEST_FORK,
	REQUEST_EXIT
};

/**
 * struct channel - between the scenario and one program
 * @asked: posted when there is a request
 * @done: posted when there is a result
 * @request: what to do
 * @argument: see enum request
 * @result: what a system call returned, or -errno; of a load or store 0 or the signal it got
 * @data: bytes that go either way
 */
struct channel {
	sem_t asked;
	sem_t done;
	enum request request;
	unsigned long argument[5];
	long result;
	unsigned char data[CHANNEL_DATA] __attribute__((aligned(4096)));
};

/**
 * process_main() - be a program until told to end
 * @channels: all channels
 * @number: which one to listen to
 */
__attribute__((noreturn))
void process_main(struct channel *channels, unsigned long number);

#endif /* KERNEL_PROCESS_H */
