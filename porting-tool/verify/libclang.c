// SPDX-License-Identifier: GPL-2.0-only
#include "libclang.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "options.h"

static struct libclang functions;
static char *failure;
static pthread_t loader;
static bool loading;
static pthread_once_t started = PTHREAD_ONCE_INIT;
static pthread_once_t loaded = PTHREAD_ONCE_INIT;

static const struct {
	const char *name;
	void **place;
} wanted[] = {
#define LIBCLANG_ENTRY(function) { #function, (void **)&functions.function },
	LIBCLANG_FUNCTIONS(LIBCLANG_ENTRY)
#undef LIBCLANG_ENTRY
};

/* Where the program was linked, or the same library where the loader looks by itself. */
static void *open_library(void)
{
	void *library = dlopen(LIBCLANG_FILE, RTLD_LAZY | RTLD_LOCAL);

	return library ? library : dlopen(LIBCLANG_NAME, RTLD_LAZY | RTLD_LOCAL);
}

static void load(void)
{
	void *library = open_library();

	for (size_t i = 0; library && i < sizeof(wanted) / sizeof(*wanted); i++) {
		*wanted[i].place = dlsym(library, wanted[i].name);
		if (!*wanted[i].place)
			library = NULL;
	}
	if (!library && asprintf(&failure, "%s", dlerror()) < 0)
		abort();
}

static void *load_thread(void *unused)
{
	load();
	return unused;
}

/* Without a thread it is loaded when it is asked for. */
static void start(void)
{
	loading = !pthread_create(&loader, NULL, load_thread, NULL);
}

static void start_nothing(void)
{
}

static void wait_or_load(void)
{
	pthread_once(&started, start_nothing);
	if (loading)
		pthread_join(loader, NULL);
	else
		load();
}

void libclang_prepare(void)
{
	pthread_once(&started, start);
}

void libclang_settle(void)
{
	if (loading)
		pthread_once(&loaded, wait_or_load);
}

const struct libclang *libclang(void)
{
	pthread_once(&loaded, wait_or_load);
	if (failure) {
		fprintf(stderr, "migrate-vma: a port is checked with libclang, which cannot be "
			"loaded: %s\n", failure);
		exit(STATUS_TROUBLE);
	}
	return &functions;
}
