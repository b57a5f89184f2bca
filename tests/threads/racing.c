// SPDX-License-Identifier: GPL-2.0-only
/*
 * racing.c - two threads call a driver that counts
 *
 *	racing 1	without a lock
 *	racing 2	with one
 *	racing 3	with one that it never lets go of
 */
#include <pthread.h>
#include <stdlib.h>

#include "program.h"

static struct program *program;
static int fd, command;

static void *call(void *argument)
{
	for (int i = 0; i < (command == 3 ? 1 : 1000); i++)
		program_ioctl(program, fd, command, NULL);
	return argument;
}

int main(int argc, char **argv)
{
	pthread_t threads[2];

	command = argc > 1 ? atoi(argv[1]) : 1;
	if (machine_boot() || machine_load_driver())
		return 2;
	program = program_start();
	fd = program_open(program, "/dev/racing");
	if (fd < 0 || program_attach(program))
		return 2;
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, call, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	program_detach(program);
	return machine_shutdown();
}
