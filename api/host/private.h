/* SPDX-License-Identifier: GPL-2.0-only */
/* private.h - what the files in host/ share with each other only */
#ifndef API_HOST_PRIVATE_H
#define API_HOST_PRIVATE_H

/* The memfd with all frames, -1 while there is none. */
extern int frames_fd;

#endif
