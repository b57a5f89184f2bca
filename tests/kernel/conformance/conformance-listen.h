/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * conformance-listen.h - what the notifier of a program hears between two requests.
 *
 * Included by conformance.c, behind struct conformance_client.
 */
#ifndef CONFORMANCE_LISTEN_H
#define CONFORMANCE_LISTEN_H

static long conformance_ioctl_listen(struct conformance_client *client, unsigned long start)
{
	struct conformance_migration *heard = kzalloc(sizeof(*heard), GFP_KERNEL);

	if (!heard)
		return -ENOMEM;
	heard->start = start;
	heard->end = start + SZ_8M;
	client->heard = heard;
	WRITE_ONCE(client->migration, heard);
	return 0;
}

static long conformance_ioctl_heard(struct conformance_client *client, void __user *argument)
{
	long ret = 0;

	WRITE_ONCE(client->migration, NULL);
	if (!client->heard || copy_to_user(argument, client->heard, sizeof(*client->heard)))
		ret = -EFAULT;
	kfree(client->heard);
	client->heard = NULL;
	return ret;
}

#endif /* CONFORMANCE_LISTEN_H */
