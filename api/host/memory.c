// SPDX-License-Identifier: GPL-2.0-only
/* memory.c - memory for the machine's frames and for its own objects */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "host/host.h"
#include "host/private.h"

int frames_fd = -1;
static void *frames;
static unsigned long frames_size;

void *host_map_frames(unsigned long size)
{
	void *memory;

	frames_fd = memfd_create("frames", MFD_CLOEXEC);
	if (frames_fd < 0)
		return NULL;
	if (ftruncate(frames_fd, size) < 0)
		goto failed;
	memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, frames_fd, 0);
	if (memory == MAP_FAILED)
		goto failed;
	frames = memory;
	frames_size = size;
	return memory;
failed:
	close(frames_fd);
	frames_fd = -1;
	return NULL;
}

void host_unmap_frames(void)
{
	if (frames_fd < 0)
		return;
	munmap(frames, frames_size);
	close(frames_fd);
	frames_fd = -1;
}

void *host_reserve(unsigned long size)
{
	void *area = mmap(NULL, size, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return area == MAP_FAILED ? NULL : area;
}

void host_unreserve(void *area, unsigned long size)
{
	if (area)
		munmap(area, size);
}

/* What comes out of kmalloc() is never zero by luck: a driver that relies on it fails each time. */
void *host_alloc(unsigned long size)
{
	void *object = malloc(size);

	if (object)
		memset(object, 0xa5, size);
	return object;
}

void *host_zalloc(unsigned long size)
{
	return calloc(1, size);
}

void *host_zalloc_aligned(unsigned long size, unsigned long alignment)
{
	void *object;

	return posix_memalign(&object, alignment, size) ? NULL : memset(object, 0, size);
}

void *host_copy(const void *object, unsigned long size)
{
	void *copy = malloc(size);

	return copy ? memcpy(copy, object, size) : NULL;
}

/* Room for so many words, whatever is in them. */
unsigned long *host_alloc_words(unsigned long count)
{
	return malloc(count * sizeof(unsigned long));
}

void host_free(void *object)
{
	free(object);
}
