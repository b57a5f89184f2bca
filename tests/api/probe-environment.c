// SPDX-License-Identifier: GPL-2.0-only
/*
 * probe-environment.c - what a driver finds around it besides memory management
 *
 * Each function is one test, run inside the kernel. It returns 0, or the line of the check that
 * did not hold.
 */
#include <linux/cdev.h>
#include <linux/completion.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/rwsem.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

#include "probe-device.h"

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
	check(queue && queue_work(queue, &work));
	flush_work(&work);
	check(probed == 1);
	check(schedule_work(&work));
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

static int scatter_lists(void)
{
	struct device device = { .init_name = "sg" };
	struct page *pages[3] = { alloc_page(GFP_KERNEL), alloc_page(GFP_KERNEL), alloc_page(GFP_KERNEL) };
	struct scatterlist *sg;
	struct sg_table table;
	unsigned int i, bytes = 0;

	check(!sg_alloc_table_from_pages(&table, pages, 3, 100, 2 * PAGE_SIZE, GFP_KERNEL));
	check(!dma_map_sgtable(&device, &table, DMA_TO_DEVICE, 0) && table.nents == 3);
	for_each_sgtable_dma_sg(&table, sg, i) {
		check(phys_to_page(sg_dma_address(sg)) == pages[i] && sg_page(sg) == pages[i]);
		bytes += sg_dma_len(sg);
	}
	check(bytes == 2 * PAGE_SIZE && table.sgl[0].offset == 100 && table.sgl[2].length == 100);
	check(sg_is_last(&table.sgl[2]) && !sg_next(&table.sgl[2]));
	dma_unmap_sgtable(&device, &table, DMA_TO_DEVICE, 0);
	sg_free_table(&table);
	for (i = 0; i < 3; i++)
		put_page(pages[i]);
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
	{ "objects", objects },
	{ "pages", pages },
	{ "locks", locks },
	{ "device_resources_go_in_reverse", device_resources_go_in_reverse },
	{ "platform_devices_find_their_driver", platform_devices_find_their_driver },
	{ "regions_do_not_overlap", regions_do_not_overlap },
	{ "work_is_done", work_is_done },
	{ "completions", completions },
	{ "dma_addresses", dma_addresses },
	{ "scatter_lists", scatter_lists },
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
	return probe_later(name);
}
