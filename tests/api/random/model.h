/* SPDX-License-Identifier: GPL-2.0-only */
/* model.h - what each program should find in its memory */
#ifndef RANDOM_MODEL_H
#define RANDOM_MODEL_H

#include "program.h"
#include "../probe.h"

#define PAGE		PROGRAM_PAGE_SIZE
#define MOST_PROCESSES	3
#define MOST_AREAS	8
#define MOST_PINS	16
#define MOST_FILES	4
#define MOST_PAGES	1100

/* A file of the machine, with the byte of each of its pages. */
struct file_model {
	struct program_file *file;
	unsigned long npages;
	unsigned char bytes[MOST_PAGES];
};

/*
 * A mapping, page by page. Of each page one byte is ever stored, and the others are zero. In a
 * private mapping of a file, a page that is not @own shows what is in the file.
 */
struct area {
	unsigned long addr;
	unsigned long npages;
	struct file_model *file;
	int shared;
	int huge;
	unsigned char mapped[MOST_PAGES];
	unsigned char prot[MOST_PAGES];
	unsigned char own[MOST_PAGES];
	unsigned char bytes[MOST_PAGES];
};

struct process {
	struct program *program;
	int fd;
	struct area *areas[MOST_AREAS];
	unsigned long pins[MOST_PINS];
};

extern struct process processes[MOST_PROCESSES];
extern const char *doing;

unsigned long random_number(unsigned long limit);
void wrong(const char *what, unsigned long addr, long came, long expected);

void process_start(struct process *process, struct program *program);
void process_end(struct process *process);
unsigned long pins_in_use(void);
void files_forget(void);

/* operations.c */
void op_map(struct process *process);
void op_map_file(struct process *process);
void op_unmap(struct process *process);
void op_protect(struct process *process);
void op_store(struct process *process);
void op_load(struct process *process);
void op_fork(struct process *process);
void op_exit(struct process *process);
void op_pin(struct process *process);
void op_unpin(struct process *process);
void op_swap_out(struct process *process);
void op_migrate(struct process *process);
void op_evict(struct process *process);

#endif
