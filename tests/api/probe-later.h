/* SPDX-License-Identifier: GPL-2.0-only */
/* probe-later.h - what the files about later work share: jobs, and the order in which they are done */
#ifndef PROBE_LATER_H
#define PROBE_LATER_H

#include <linux/completion.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

/* Work that notes its name when it is done. */
struct job {
	struct work_struct work;
	struct completion done;
	char name;
};

void do_job(struct work_struct *work);
void job_init(struct job *job, char name);

/* The names that were noted since the last forget(). */
void forget(void);
bool order_is(const char *expected);

/* serve() - a kernel thread that serves the orders of the engine until it is stopped */
struct engine {
	wait_queue_head_t queue;
	int orders;
	int served;
};

int serve(void *data);

#endif
