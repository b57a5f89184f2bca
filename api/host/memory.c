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

/* For ThreadSanitizer: whoever frees an object knows of it from whoever allocated it. */
#ifdef API_THREAD_SANITIZER
#define allocated(object)	(host_released(object), (object))
#define about_to_free(object)	host_acquired(object)
#else
#define allocated(object)	(object)
#define about_to_free(object)	((void)(object))
#endif

/* What comes out of kmalloc() is never zero by luck: a driver that relies on it fails each time. */
void *host_alloc(unsigned long size)
{
	void *object = malloc(size);

	if (object)
		memset(object, 0xa5, size);
	return allocated(object);
}

void *host_zalloc(unsigned long size)
{
	void *object = calloc(1, size);

	return allocated(object);
}

void *host_zalloc_aligned(unsigned long size, unsigned long alignment)
{
	void *object;

	if (posix_memalign(&object, alignment, size))
		return NULL;
	memset(object, 0, size);
	return allocated(object);
}

void *host_copy(const void *object, unsigned long size)
{
	void *copy = malloc(size);

	if (copy)
		memcpy(copy, object, size);
	return allocated(copy);
}

/* Room for so many words, whatever is in them. */
unsigned long *host_alloc_words(unsigned long count)
{
	unsigned long *words = malloc(count * sizeof(*words));

	return allocated(words);
}

void host_free(void *object)
{
	about_to_free(object);
	free(object);
}
