// SPDX-License-Identifier: GPL-2.0-only
/*
 * probe-environment.c - what a driver finds around it besides memory management
 *
 * Each function is one test, run inside the kernel. It returns 0, or the line of the check that
 * did not hold.
 */
#include <linux/bitmap.h>
#include <linux/cdev.h>
#include <linux/completion.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/hashtable.h>
#include <linux/idr.h>
#include <linux/interval_tree.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/log2.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/rbtree.h>
#include <linux/rwsem.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>

#include "probe-device.h"

#define check(condition) do { \
	if (!(condition)) \
		return __LINE__; \
} while (0)

struct item {
	int value;
	struct list_head link;
};

static int lists(void)
{
	struct item items[3] = { { .value = 1 }, { .value = 2 }, { .value = 3 } };
	struct item *item, *next;
	int sum = 0;
	LIST_HEAD(head);
	LIST_HEAD(other);

	check(list_empty(&head));
	for (int i = 0; i < 3; i++)
		list_add_tail(&items[i].link, &head);
	check(list_first_entry(&head, struct item, link)->value == 1);
	check(list_last_entry(&head, struct item, link)->value == 3);
	list_for_each_entry(item, &head, link)
		sum = sum * 10 + item->value;
	check(sum == 123);
	list_move(&items[2].link, &head);
	check(list_first_entry(&head, struct item, link)->value == 3);
	list_splice_init(&head, &other);
	check(list_empty(&head) && !list_empty(&other));
	list_for_each_entry_safe(item, next, &other, link)
		list_del_init(&item->link);
	check(list_empty(&other));
	return 0;
}

static int bitmaps(void)
{
	DECLARE_BITMAP(map, 130);

	bitmap_zero(map, 130);
	check(bitmap_empty(map, 130));
	bitmap_set(map, 60, 10);
	check(bitmap_weight(map, 130) == 10);
	check(find_first_bit(map, 130) == 60);
	check(find_next_zero_bit(map, 130, 60) == 70);
	check(test_and_clear_bit(64, map) && !test_bit(64, map));
	check(find_next_bit(map, 130, 64) == 65);
	bitmap_clear(map, 60, 10);
	check(find_first_bit(map, 130) == 130);
	return 0;
}

static int xarrays(void)
{
	unsigned long index, sum = 0;
	struct xarray xa;
	void *entry;

	xa_init(&xa);
	check(xa_empty(&xa) && !xa_load(&xa, 7));
	for (index = 1; index < 1000000; index *= 7)
		check(!xa_store(&xa, index, xa_mk_value(index), GFP_KERNEL));
	check(xa_to_value(xa_load(&xa, 7 * 7 * 7)) == 7 * 7 * 7);
	check(!xa_load(&xa, 8));
	check(xa_to_value(xa_store(&xa, 7, xa_mk_value(70), GFP_KERNEL)) == 7);
	xa_for_each_range(&xa, index, entry, 2, 50)
		sum += xa_to_value(entry);
	check(sum == 70 + 49);
	check(xa_insert(&xa, 7, xa_mk_value(1), GFP_KERNEL) == -EBUSY);
	for (index = 1; index < 1000000; index *= 7)
		check(xa_erase(&xa, index));
	check(xa_empty(&xa));
	check(!xa_store(&xa, ULONG_MAX, xa_mk_value(5), GFP_KERNEL));
	check(xa_to_value(xa_load(&xa, ULONG_MAX)) == 5);
	xa_destroy(&xa);
	check(xa_pointer_tag(xa_tag_pointer(&xa, 1)) == 1);
	check(xa_untag_pointer(xa_tag_pointer(&xa, 1)) == &xa);
	return 0;
}

static int objects(void)
{
	unsigned char *bytes = kzalloc(300, GFP_KERNEL);
	void *none = kmalloc(0, GFP_KERNEL);

	check(bytes && !memchr_inv(bytes, 0, 300));
	check(none == ZERO_SIZE_PTR);
	kfree(none);
	kfree(NULL);
	bytes[0] = 42;
	bytes = krealloc(bytes, 9000, GFP_KERNEL);
	check(bytes && bytes[0] == 42 && ksize(bytes) >= 9000);
	kfree(bytes);
	check(!kmalloc_array(SIZE_MAX / 2, 8, GFP_KERNEL));
	check(!kmalloc(KMALLOC_MAX_SIZE + 1, GFP_KERNEL));
	bytes = kvcalloc(KMALLOC_MAX_SIZE, 2, GFP_KERNEL);
	check(bytes && bytes[2 * KMALLOC_MAX_SIZE - 1] == 0);
	kvfree(bytes);
	bytes = vmalloc(100);
	check(is_vmalloc_addr(bytes));
	vfree(bytes);
	return 0;
}

static int pages(void)
{
	struct page *page = alloc_page(GFP_KERNEL | __GFP_ZERO), *block;
	unsigned long addr;

	check(page && page_count(page) == 1 && !page_mapped(page));
	check(pfn_to_page(page_to_pfn(page)) == page && pfn_valid(page_to_pfn(page)));
	check(virt_to_page(page_address(page)) == page);
	check(!memchr_inv(kmap(page), 0, PAGE_SIZE));
	kunmap(page);
	__free_page(page);
	block = alloc_pages(GFP_KERNEL, 3);
	check(block && IS_ALIGNED(page_to_pfn(block), 8));
	memset(page_address(block), 1, 8 * PAGE_SIZE);
	__free_pages(block, 3);
	addr = get_zeroed_page(GFP_KERNEL);
	check(addr && PAGE_ALIGNED(addr));
	free_page(addr);
	check(!pfn_valid(0));
	return 0;
}

static int locks(void)
{
	static DEFINE_MUTEX(mutex);
	static DECLARE_RWSEM(rwsem);
	spinlock_t lock;

	spin_lock_init(&lock);
	check(mutex_trylock(&mutex) && !mutex_trylock(&mutex) && mutex_is_locked(&mutex));
	mutex_unlock(&mutex);
	check(down_read_trylock(&rwsem) && !down_write_trylock(&rwsem));
	up_read(&rwsem);
	down_write(&rwsem);
	check(!down_read_trylock(&rwsem));
	downgrade_write(&rwsem);
	check(down_read_trylock(&rwsem));
	up_read(&rwsem);
	up_read(&rwsem);
	spin_lock(&lock);
	check(!spin_trylock(&lock));
	spin_unlock(&lock);
	return 0;
}

static int released[4], nreleased;

static void note_release(void *which)
{
	released[nreleased++] = (int)(unsigned long)which;
}

static int device_resources_go_in_reverse(void)
{
	struct device dev = { .init_name = "test-device" };

	nreleased = 0;
	check(!device_register(&dev) && !strcmp(dev_name(&dev), "test-device"));
	check(devm_kzalloc(&dev, 10, GFP_KERNEL));
	for (unsigned long i = 1; i <= 3; i++)
		check(!devm_add_action(&dev, note_release, (void *)i));
	devm_remove_action(&dev, note_release, (void *)2);
	device_unregister(&dev);
	check(nreleased == 2 && released[0] == 3 && released[1] == 1);
	return 0;
}

static int probed, removed;

static int platform_probe(struct platform_device *pdev)
{
	probed++;
	platform_set_drvdata(pdev, pdev);
	return devm_add_action(&pdev->dev, note_release, NULL);
}

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 11, 0)
static int platform_remove(struct platform_device *pdev)
{
	removed += platform_get_drvdata(pdev) == pdev;
	return 0;
}
#else
static void platform_remove(struct platform_device *pdev)
{
	removed += platform_get_drvdata(pdev) == pdev;
}
#endif

static int platform_devices_find_their_driver(void)
{
	struct platform_driver driver = {
		.probe = platform_probe,
		.remove = platform_remove,
		.driver = { .name = "test-platform" },
	};
	struct platform_device *first, *second;

	probed = removed = nreleased = 0;
	first = platform_device_register_simple("test-platform", 0, NULL, 0);
	check(!IS_ERR(first) && probed == 0);
	check(!platform_driver_register(&driver) && probed == 1);
	second = platform_device_register_simple("test-platform", 1, NULL, 0);
	check(!IS_ERR(second) && probed == 2 && !strcmp(dev_name(&second->dev), "test-platform.1"));
	platform_device_unregister(second);
	check(removed == 1 && nreleased == 1);
	platform_driver_unregister(&driver);
	check(removed == 2 && nreleased == 2);
	platform_device_unregister(first);
	return 0;
}

static int regions_do_not_overlap(void)
{
	struct resource *a = request_free_mem_region(&iomem_resource, PAGE_SIZE, "a");
	struct resource *b = request_free_mem_region(&iomem_resource, 4 * PAGE_SIZE, "b");

	check(!IS_ERR(a) && !IS_ERR(b));
	check(resource_size(b) == 4 * PAGE_SIZE);
	check(a->end < b->start || b->end < a->start);
	check(!request_mem_region(b->start + PAGE_SIZE, PAGE_SIZE, "c"));
	check(PTR_ERR(request_free_mem_region(&iomem_resource, 100, "d")) == -EINVAL);
	check(PTR_ERR(request_free_mem_region(&iomem_resource, 1UL << 46, "e")) == -ERANGE);
	release_mem_region(a->start, resource_size(a));
	release_mem_region(b->start, resource_size(b));
	return 0;
}

static void count_work(struct work_struct *work)
{
	probed++;
}

static int work_is_done(void)
{
	struct workqueue_struct *queue = alloc_workqueue("test", 0, 0);
	struct work_struct work;

	probed = 0;
	INIT_WORK(&work, count_work);
	check(queue && queue_work(queue, &work) && schedule_work(&work));
	flush_work(&work);
	check(probed == 2);
	destroy_workqueue(queue);
	return 0;
}

static int completions(void)
{
	DECLARE_COMPLETION_ONSTACK(done);

	check(!try_wait_for_completion(&done));
	complete(&done);
	wait_for_completion(&done);
	check(!completion_done(&done));
	check(!wait_for_completion_timeout(&done, 10));
	complete_all(&done);
	wait_for_completion(&done);
	wait_for_completion(&done);
	return 0;
}

struct sorted {
	struct rb_node rb;
	int key;
};

static void sorted_insert(struct rb_root *root, struct sorted *item)
{
	struct rb_node **link = &root->rb_node, *parent = NULL;

	while (*link) {
		parent = *link;
		link = item->key < rb_entry(parent, struct sorted, rb)->key ? &parent->rb_left :
									      &parent->rb_right;
	}
	rb_link_node(&item->rb, parent, link);
	rb_insert_color(&item->rb, root);
}

/* Whether the keys go up, and how many there are. */
static int sorted_count(struct rb_root *root)
{
	int count = 0, last = -1;

	for (struct rb_node *rb = rb_first(root); rb; rb = rb_next(rb), count++) {
		if (rb_entry(rb, struct sorted, rb)->key < last)
			return -1;
		last = rb_entry(rb, struct sorted, rb)->key;
	}
	return count;
}

static int sorted_trees(void)
{
	struct rb_root root = RB_ROOT;
	struct sorted items[64];

	check(RB_EMPTY_ROOT(&root) && !rb_first(&root));
	for (int i = 0; i < 64; i++) {
		items[i].key = i * 37 % 64;
		sorted_insert(&root, &items[i]);
		check(sorted_count(&root) == i + 1);
	}
	check(rb_entry(rb_last(&root), struct sorted, rb)->key == 63);
	check(!rb_prev(rb_first(&root)));
	for (int i = 0; i < 64; i++) {
		rb_erase(&items[i * 29 % 64].rb, &root);
		check(sorted_count(&root) == 63 - i);
	}
	check(RB_EMPTY_ROOT(&root));
	return 0;
}

static int interval_trees(void)
{
	struct interval_tree_node nodes[4] = {
		{ .start = 10, .last = 19 }, { .start = 0, .last = 4 },
		{ .start = 15, .last = 40 }, { .start = 50, .last = 50 },
	};
	struct rb_root_cached root = RB_ROOT_CACHED;
	struct interval_tree_node *node;

	for (int i = 0; i < 4; i++)
		interval_tree_insert(&nodes[i], &root);
	node = interval_tree_iter_first(&root, 18, 50);
	check(node == &nodes[0]);
	node = interval_tree_iter_next(node, 18, 50);
	check(node == &nodes[2]);
	node = interval_tree_iter_next(node, 18, 50);
	check(node == &nodes[3]);
	check(!interval_tree_iter_next(node, 18, 50));
	check(!interval_tree_iter_first(&root, 5, 9));
	interval_tree_remove(&nodes[0], &root);
	check(interval_tree_iter_first(&root, 10, 20) == &nodes[2]);
	return 0;
}

static int numbers_of_pointers(void)
{
	DEFINE_IDR(idr);
	int some, other, id, seen = 0;
	int *pointer;

	check(idr_alloc(&idr, &some, 5, 0, GFP_KERNEL) == 5);
	check(idr_alloc(&idr, &other, 5, 0, GFP_KERNEL) == 6);
	check(idr_alloc(&idr, &other, 5, 7, GFP_KERNEL) == -ENOSPC);
	check(idr_find(&idr, 6) == &other && !idr_find(&idr, 7));
	idr_for_each_entry(&idr, pointer, id)
		seen += id;
	check(seen == 11);
	check(idr_remove(&idr, 5) == &some);
	check(idr_alloc(&idr, &some, 0, 0, GFP_KERNEL) == 0);
	idr_destroy(&idr);
	check(idr_is_empty(&idr));
	return 0;
}

struct hashed {
	struct hlist_node node;
	unsigned long key;
};

static int hash_tables(void)
{
	DECLARE_HASHTABLE(table, 3);
	struct hashed items[20], *item;
	struct hlist_node *next;
	int bucket, count = 0;

	hash_init(table);
	check(hash_empty(table));
	for (unsigned long i = 0; i < 20; i++) {
		items[i].key = i;
		hash_add(table, &items[i].node, i);
	}
	hash_for_each(table, bucket, item, node)
		count++;
	check(count == 20);
	hash_for_each_possible(table, item, node, 7UL)
		if (item->key == 7)
			break;
	check(item == &items[7]);
	hash_for_each_safe(table, bucket, next, item, node)
		hash_del(&item->node);
	check(hash_empty(table));
	return 0;
}

static int dma_addresses(void)
{
	struct device device = { .init_name = "dma" };
	struct page *page = alloc_page(GFP_KERNEL);
	dma_addr_t addr, coherent;
	char *memory;

	addr = dma_map_page(&device, page, 100, 200, DMA_TO_DEVICE);
	check(!dma_mapping_error(&device, addr));
	check(phys_to_page(addr) == page && offset_in_page(addr) == 100);
	dma_unmap_page(&device, addr, 200, DMA_TO_DEVICE);

	addr = dma_map_single(&device, (char *)page_address(page) + 8, 16, DMA_BIDIRECTIONAL);
	check(addr == page_to_phys(page) + 8);
	dma_unmap_single(&device, addr, 16, DMA_BIDIRECTIONAL);
	__free_page(page);

	memory = dma_alloc_coherent(&device, 3 * PAGE_SIZE, &coherent, GFP_KERNEL);
	check(memory && !memory[0] && !memory[3 * PAGE_SIZE - 1]);
	check(phys_to_page(coherent) == virt_to_page(memory));
	dma_free_coherent(&device, 3 * PAGE_SIZE, memory, coherent);
	return 0;
}

static int probe_number;
static bool probe_flag;
static short probe_numbers[4];
static unsigned int probe_numbers_given;
static char *probe_name = "no name";

module_param(probe_number, int, 0644);
MODULE_PARM_DESC(probe_number, "a number");
module_param(probe_flag, bool, 0444);
module_param_array(probe_numbers, short, &probe_numbers_given, 0);
module_param(probe_name, charp, 0);

static int parameters(void)
{
	check(probe_number == -7);
	check(probe_flag);
	check(probe_numbers_given == 3 && probe_numbers[1] == -2 && probe_numbers[2] == 3);
	check(!strcmp(probe_name, "some name"));
	return 0;
}

static int text(void)
{
	unsigned long number;
	char buf[64];
	int value;

	check(scnprintf(buf, sizeof(buf), "%d %#lx %s", -5, 0xabcUL, "end") == 12);
	check(!strcmp(buf, "-5 0xabc end"));
	check(scnprintf(buf, 4, "%s", "longer") == 3 && !strcmp(buf, "lon"));
	scnprintf(buf, sizeof(buf), "%pe|%5.2s|%*d|%llu", ERR_PTR(-EINVAL), "xyz", 4, 7, 1ULL << 40);
	check(!strcmp(buf, "EINVAL|   xy|   7|1099511627776"));
	check(strscpy(buf, "abcdef", 4) == -E2BIG && !strcmp(buf, "abc"));
	check(!kstrtoul("0x1f", 0, &number) && number == 31);
	check(!kstrtoint("-12\n", 10, &value) && value == -12);
	check(kstrtoint("12x", 10, &value) == -EINVAL);
	check(kstrtoint("99999999999", 10, &value) == -ERANGE);
	return 0;
}

static int arithmetic(void)
{
	unsigned int a = 3, b = 9;

	check(min(a, b) == 3 && max(a, b) == 9 && clamp(12u, a, b) == 9);
	swap(a, b);
	check(a == 9 && b == 3);
	check(DIV_ROUND_UP(9, 4) == 3 && round_up(9, 8) == 16 && round_down(15, 8) == 8);
	check(roundup_pow_of_two(33) == 64 && ilog2(64) == 6 && is_power_of_2(64));
	check(ALIGN(4097, 4096) == 8192 && IS_ALIGNED(8192, 4096));
	check(IS_ENABLED(CONFIG_DEVICE_PRIVATE) && !IS_ENABLED(CONFIG_NOT_THERE));
	check(array_size(SIZE_MAX, 2) == SIZE_MAX);
	check(IS_ERR(ERR_PTR(-ENOMEM)) && !IS_ERR(&a) && IS_ERR_OR_NULL(NULL));
	return 0;
}

static int character_devices(void)
{
	static const struct file_operations fops = { .llseek = noop_llseek };
	struct device dev = { .init_name = "test-chardev" };
	struct cdev cdev;
	dev_t number, other;

	check(!alloc_chrdev_region(&number, 0, 4, "test"));
	check(register_chrdev_region(number, 1, "other") == -EBUSY);
	check(!alloc_chrdev_region(&other, 0, 1, "other") && MAJOR(other) != MAJOR(number));
	cdev_init(&cdev, &fops);
	device_initialize(&dev);
	dev.devt = MKDEV(MAJOR(number), 2);
	check(!cdev_device_add(&cdev, &dev));
	cdev_device_del(&cdev, &dev);
	put_device(&dev);
	unregister_chrdev_region(number, 4);
	unregister_chrdev_region(other, 1);
	return 0;
}

static const struct {
	const char *name;
	int (*function)(void);
} environment_tests[] = {
	{ "lists", lists },
	{ "bitmaps", bitmaps },
	{ "xarrays", xarrays },
	{ "objects", objects },
	{ "pages", pages },
	{ "locks", locks },
	{ "device_resources_go_in_reverse", device_resources_go_in_reverse },
	{ "platform_devices_find_their_driver", platform_devices_find_their_driver },
	{ "regions_do_not_overlap", regions_do_not_overlap },
	{ "work_is_done", work_is_done },
	{ "completions", completions },
	{ "sorted_trees", sorted_trees },
	{ "interval_trees", interval_trees },
	{ "numbers_of_pointers", numbers_of_pointers },
	{ "hash_tables", hash_tables },
	{ "dma_addresses", dma_addresses },
	{ "parameters", parameters },
	{ "text", text },
	{ "arithmetic", arithmetic },
	{ "character_devices", character_devices },
};

int probe_environment(const char *name)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(environment_tests); i++)
		if (!strcmp(environment_tests[i].name, name))
			return environment_tests[i].function();
	return -ENOENT;
}
