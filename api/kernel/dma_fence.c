// SPDX-License-Identifier: GPL-2.0-only
/* dma_fence.c - jobs of devices that are signaled when they are done */
#include <linux/dma-fence.h>
#include <linux/lockdep.h>
#include <linux/slab.h>
#include <linux/wait.h>

#include "core/core.h"
#include "kernel/schedule.h"
#include "kernel/wait.h"

static u64 contexts = 1;

u64 dma_fence_context_alloc(unsigned int count)
{
	contexts += count;
	return contexts - count;
}

void dma_fence_init(struct dma_fence *fence, const struct dma_fence_ops *ops, spinlock_t *lock,
		    u64 context, u64 seqno)
{
	*fence = (struct dma_fence){
		.lock = lock,
		.ops = ops,
		.context = context,
		.seqno = seqno,
	};
	kref_init(&fence->refcount);
	INIT_LIST_HEAD(&fence->cb_list);
}

void dma_fence_free(struct dma_fence *fence)
{
	kfree(fence);
}

static bool is_signaled(const struct dma_fence *fence)
{
	return test_bit(DMA_FENCE_FLAG_SIGNALED_BIT, &fence->flags);
}

/* Whoever waits for it would wait for ever. */
void dma_fence_release(struct kref *kref)
{
	struct dma_fence *fence = container_of(kref, struct dma_fence, refcount);

	if (!is_signaled(fence) && !list_empty(&fence->cb_list))
		rule_broken(RULE_WORK_IN_USE,
			    "fence %s %llu is freed, and somebody still waits for it",
			    fence->ops->get_timeline_name(fence),
			    (unsigned long long)fence->seqno);
	if (fence->ops->release)
		fence->ops->release(fence);
	else
		dma_fence_free(fence);
}

int dma_fence_signal_locked(struct dma_fence *fence)
{
	struct dma_fence_cb *cb, *next;

	lockdep_assert_held(fence->lock);
	if (is_signaled(fence))
		return -EINVAL;
	fence->timestamp = ktime_get();
	set_bit(DMA_FENCE_FLAG_TIMESTAMP_BIT, &fence->flags);
	set_bit(DMA_FENCE_FLAG_SIGNALED_BIT, &fence->flags);
	sync_released(fence);
	list_for_each_entry_safe(cb, next, &fence->cb_list, node) {
		list_del_init(&cb->node);
		cb->func(fence, cb);
	}
	tasks_wake();
	return 0;
}

int dma_fence_signal(struct dma_fence *fence)
{
	unsigned long flags;
	int ret;

	spin_lock_irqsave(fence->lock, flags);
	ret = dma_fence_signal_locked(fence);
	spin_unlock_irqrestore(fence->lock, flags);
	return ret;
}

bool dma_fence_is_signaled(struct dma_fence *fence)
{
	if (!is_signaled(fence) && fence->ops->signaled && fence->ops->signaled(fence))
		dma_fence_signal(fence);
	if (!is_signaled(fence))
		return false;
	sync_acquired(fence);
	return true;
}

/* Called with the lock held. The driver may find that the job is done. */
static void enable_signaling(struct dma_fence *fence)
{
	if (is_signaled(fence) ||
	    test_and_set_bit(DMA_FENCE_FLAG_ENABLE_SIGNAL_BIT, &fence->flags))
		return;
	if (fence->ops->enable_signaling && !fence->ops->enable_signaling(fence))
		dma_fence_signal_locked(fence);
}

void dma_fence_enable_sw_signaling(struct dma_fence *fence)
{
	unsigned long flags;

	spin_lock_irqsave(fence->lock, flags);
	enable_signaling(fence);
	spin_unlock_irqrestore(fence->lock, flags);
}

int dma_fence_add_callback(struct dma_fence *fence, struct dma_fence_cb *cb, dma_fence_func_t func)
{
	unsigned long flags;
	int ret = -ENOENT;

	INIT_LIST_HEAD(&cb->node);
	spin_lock_irqsave(fence->lock, flags);
	enable_signaling(fence);
	if (!is_signaled(fence)) {
		cb->func = func;
		list_add_tail(&cb->node, &fence->cb_list);
		ret = 0;
	}
	spin_unlock_irqrestore(fence->lock, flags);
	return ret;
}

bool dma_fence_remove_callback(struct dma_fence *fence, struct dma_fence_cb *cb)
{
	unsigned long flags;
	bool was_there;

	spin_lock_irqsave(fence->lock, flags);
	was_there = !list_empty(&cb->node);
	if (was_there)
		list_del_init(&cb->node);
	spin_unlock_irqrestore(fence->lock, flags);
	return was_there;
}

/* The jiffies that are left, at least 1; 0 when the time is over. */
long dma_fence_wait_timeout(struct dma_fence *fence, bool interruptible, long timeout)
{
	struct wait_until wait = { .left = timeout };

	might_sleep();
	if (dma_fence_is_signaled(fence))
		return timeout ?: 1;
	dma_fence_enable_sw_signaling(fence);
	if (fence->ops->wait && fence->ops->wait != dma_fence_default_wait)
		return fence->ops->wait(fence, interruptible, timeout);
	while (!dma_fence_is_signaled(fence) && wait_for_others_until("a fence", &wait))
		;
	return wait_until_ended(fence, &wait, is_signaled(fence));
}

/* --- One that is always signaled --------------------------------------------------------------- */

static const char *stub_name(struct dma_fence *fence)
{
	return "stub";
}

/* Nobody frees it. */
static void keep(struct dma_fence *fence)
{
}

static const struct dma_fence_ops stub_ops = {
	.get_driver_name = stub_name,
	.get_timeline_name = stub_name,
	.release = keep,
};

struct dma_fence *dma_fence_get_stub(void)
{
	static DEFINE_SPINLOCK(stub_lock);
	static struct dma_fence stub;

	if (!stub.ops) {
		dma_fence_init(&stub, &stub_ops, &stub_lock, 0, 0);
		dma_fence_signal(&stub);
	}
	return dma_fence_get(&stub);
}
