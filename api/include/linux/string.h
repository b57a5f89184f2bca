/* SPDX-License-Identifier: GPL-2.0-only */
/* string.h - the C library's functions under their own names, and those that only a kernel has */
#ifndef _LINUX_STRING_H
#define _LINUX_STRING_H

#include <linux/types.h>

void *memset(void *to, int byte, size_t size);
void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
int memcmp(const void *a, const void *b, size_t size);
void *memchr(const void *from, int byte, size_t size);
size_t strlen(const char *text);
size_t strnlen(const char *text, size_t limit);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t limit);
char *strcpy(char *to, const char *from);
char *strncpy(char *to, const char *from, size_t size);
char *strcat(char *to, const char *from);
char *strchr(const char *text, int character);
char *strrchr(const char *text, int character);
char *strstr(const char *text, const char *part);

ssize_t strscpy(char *to, const char *from, size_t size);
size_t strlcpy(char *to, const char *from, size_t size);
char *kstrdup(const char *text, gfp_t gfp);
void *kmemdup(const void *from, size_t size, gfp_t gfp);
void *memdup_user(const void __user *from, size_t size);
void *memchr_inv(const void *from, int byte, size_t size);

static inline void memzero_explicit(void *to, size_t size)
{
	memset(to, 0, size);
	barrier();
}

#endif
