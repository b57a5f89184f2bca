/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * dma-fence.h - something that a device has begun and will have done some time
 *
 * A fence is signaled once, by whoever carries the job out, and can be waited for by anybody. To
 * wait for one that nobody will signal is reported.
 *
 * Differs: dma_fence_array, dma_fence_chain and dma_resv are missing, and waits are not interrupted
 * by signals.
 */
#ifndef _LINUX_DMA_FENCE_H
#define _LINUX_DMA_FENCE_H

#include <linux/bitops.h>
#include <linux/err.h>
#include <linux/kref.h>
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

struct dma_fence;
struct dma_fence_cb;

typedef void (*dma_fence_func_t)(struct dma_fence *fence, struct dma_fence_cb *cb);

struct dma_fence_cb {
	struct list_head node;
	dma_fence_func_t func;
};

/**
 * struct dma_fence_ops - what a driver does for its fences
 * @get_driver_name: for messages
 * @get_timeline_name: for messages
 * @use_64bit_seqno: numbers of a timeline do not wrap; not looked at
 * @enable_signaling: somebody waits from now on; false when the job is done already. May be NULL.
 *	Called with the fence's lock held.
 * @signaled: whether the job is done, although nobody has signaled yet; may be NULL
 * @wait: in place of the usual wait; may be NULL
 * @release: the last reference is gone; NULL for dma_fence_free()
 */
struct dma_fence_ops {
	bool use_64bit_seqno;
	const char *(*get_driver_name)(struct dma_fence *fence);
	const char *(*get_timeline_name)(struct dma_fence *fence);
	bool (*enable_signaling)(struct dma_fence *fence);
	bool (*signaled)(struct dma_fence *fence);
	long (*wait)(struct dma_fence *fence, bool interruptible, long timeout);
	void (*release)(struct dma_fence *fence);
};

enum dma_fence_flag_bits {
	DMA_FENCE_FLAG_SIGNALED_BIT,
	DMA_FENCE_FLAG_TIMESTAMP_BIT,
	DMA_FENCE_FLAG_ENABLE_SIGNAL_BIT,
	DMA_FENCE_FLAG_USER_BITS,
};

/**
 * struct dma_fence - a job that will be done
 * @lock: the driver's, protects @cb_list
 * @ops: what the driver does
 * @cb_list: who is called when it is signaled
 * @timestamp: when it was signaled
 * @context: the timeline it is on
 * @seqno: its place on it
 * @flags: enum dma_fence_flag_bits
 * @refcount: references
 * @error: of the job, below 0
 */
struct dma_fence {
	spinlock_t *lock;
	const struct dma_fence_ops *ops;
	struct list_head cb_list;
	ktime_t timestamp;
	u64 context;
	u64 seqno;
	unsigned long flags;
	struct kref refcount;
	int error;
};

void dma_fence_init(struct dma_fence *fence, const struct dma_fence_ops *ops, spinlock_t *lock,
		    u64 context, u64 seqno);
u64 dma_fence_context_alloc(unsigned int count);
void dma_fence_release(struct kref *kref);
void dma_fence_free(struct dma_fence *fence);

int dma_fence_signal(struct dma_fence *fence);
int dma_fence_signal_locked(struct dma_fence *fence);
bool dma_fence_is_signaled(struct dma_fence *fence);
void dma_fence_enable_sw_signaling(struct dma_fence *fence);
int dma_fence_add_callback(struct dma_fence *fence, struct dma_fence_cb *cb, dma_fence_func_t func);
bool dma_fence_remove_callback(struct dma_fence *fence, struct dma_fence_cb *cb);
long dma_fence_wait_timeout(struct dma_fence *fence, bool interruptible, long timeout);
#define dma_fence_default_wait	dma_fence_wait_timeout
struct dma_fence *dma_fence_get_stub(void);

static inline struct dma_fence *dma_fence_get(struct dma_fence *fence)
{
	if (fence)
		kref_get(&fence->refcount);
	return fence;
}

static inline void dma_fence_put(struct dma_fence *fence)
{
	if (fence)
		kref_put(&fence->refcount, dma_fence_release);
}

static inline long dma_fence_wait(struct dma_fence *fence, bool interruptible)
{
	long ret = dma_fence_wait_timeout(fence, interruptible, MAX_SCHEDULE_TIMEOUT);

	return ret < 0 ? ret : 0;
}

static inline void dma_fence_set_error(struct dma_fence *fence, int error)
{
	fence->error = error;
}

static inline int dma_fence_get_status(struct dma_fence *fence)
{
	return dma_fence_is_signaled(fence) ? fence->error ?: 1 : 0;
}

static inline bool dma_fence_is_later(struct dma_fence *one, struct dma_fence *other)
{
	return one->seqno > other->seqno;
}

#endif
