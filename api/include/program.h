/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * program.h - the machine and its programs, seen from outside the kernel.
 *
 * A scenario is ordinary user space C: it boots the machine, loads the driver that is linked into
 * the same executable, starts programs, and lets them map memory, touch it and call the driver.
 * Nothing in here needs a kernel header, and nothing in here is visible to a driver.
 *
 * There is one machine at a time. All state is global and belongs to it.
 */
#ifndef PROGRAM_H
#define PROGRAM_H

#ifdef __cplusplus
extern "C" {
#endif

/**
 * define PROGRAM_PAGE_SIZE - bytes in a page of the machine
 *
 * The unit in which memory is mapped, faulted and migrated.
 */
#define PROGRAM_PAGE_SIZE	4096UL

/**
 * define PROGRAM_NONE - a mapping may not be accessed
 *
 * Protection for program_map() and program_protect(), as are those below.
 */
#define PROGRAM_NONE	0

/**
 * define PROGRAM_READ - a mapping may be read
 */
#define PROGRAM_READ	1

/**
 * define PROGRAM_WRITE - a mapping may be written to
 *
 * As a rule together with PROGRAM_READ.
 */
#define PROGRAM_WRITE	2

/**
 * define PROGRAM_HUGE - the mapping may have huge pages, as after madvise(2) with MADV_HUGEPAGE
 *
 * For program_map(), beside the protection.
 */
#define PROGRAM_HUGE	4

/**
 * define PROGRAM_PRIVATE - stores go to copies of the program's own, as with MAP_PRIVATE
 *
 * For program_map_device(), beside the protection.
 */
#define PROGRAM_PRIVATE	8

/**
 * machine_release() - which Linux release this machine behaves as
 *
 * Return: the release in the form of LINUX_VERSION_CODE, that is MACHINE_RELEASE(6, 1) for 6.1.
 */
unsigned int machine_release(void);

/**
 * define MACHINE_RELEASE - a release as one number
 * @major: 6 of 6.1
 * @minor: 1 of 6.1
 *
 * To compare with what machine_release() returns.
 */
#define MACHINE_RELEASE(major, minor) \
	(((unsigned int)(major) << 16) + ((unsigned int)(minor) << 8))

/**
 * machine_boot() - start with fresh memory
 *
 * Physical memory is empty, no program runs and no driver is loaded. A machine that is still up is
 * shut down first, without a report.
 *
 * Return: 0, or -ENOMEM if the host cannot give the memory.
 */
int machine_boot(void);

/**
 * machine_load_driver() - run the module_init() function linked into this executable
 *
 * With several modules in the executable they are loaded in link order, and the first failure
 * unloads those before it.
 *
 * Return: what module_init() returned; -ENOEXEC if there is no driver in the executable; -EBUSY
 * if it is loaded already.
 */
int machine_load_driver(void);

/**
 * machine_make_node() - give a device a name below /dev, as mknod(1)
 * @path: /dev/NAME
 * @name: what the driver registered device numbers as, as in /proc/devices
 * @minor: the device's number among them
 *
 * For drivers that only call cdev_add(); those that make a struct device have a name.
 *
 * Return: 0; -ENOENT when no driver has registered numbers under @name; -EEXIST when there is such a path;
 * -EINVAL when it is not below /dev or too long.
 */
int machine_make_node(const char *path, const char *name, unsigned int minor);

/**
 * machine_device_name() - what a driver has in /dev
 * @n: the first is 0
 *
 * Return: the name below /dev, or a null pointer when there are not so many.
 */
const char *machine_device_name(unsigned int n);

/**
 * machine_set_parameter() - give a parameter to the driver, as insmod does
 * @name: the name given to module_param()
 * @value: the value as text; the elements of an array are separated by commas. A charp parameter
 *	keeps the pointer.
 *
 * As a rule before machine_load_driver(). The value stays until it is set again, also when the
 * machine boots anew.
 *
 * Return: 0; -ENOENT when the driver has no such parameter; -EINVAL or -ERANGE when the value does
 * not fit its type.
 */
int machine_set_parameter(const char *name, const char *value);

/**
 * enum machine_swap - what pages are swapped out to
 * @MACHINE_SWAP_DISK: a disk; a page that was read from it is kept in the swap cache
 * @MACHINE_SWAP_MEMORY: memory, like zram; a page that nobody shares is read from it without the
 *	swap cache
 */
enum machine_swap {
	MACHINE_SWAP_DISK,
	MACHINE_SWAP_MEMORY
};

/**
 * machine_set_swap() - choose what pages are swapped out to
 * @swap: the choice, until the machine is booted again or shut down
 *
 * A disk, unless chosen otherwise. Linux does not keep pages that it read from memory in the swap
 * cache, where a disk's stay with a reference more. A driver meets both.
 */
void machine_set_swap(enum machine_swap swap);

/**
 * machine_unload_driver() - run module_exit()
 *
 * Does nothing when the driver is not loaded. Files that programs still have open on the driver
 * would keep the module in use on Linux; here that is reported and the driver is not unloaded.
 */
void machine_unload_driver(void);

/**
 * machine_shutdown() - end everything and say what was left behind
 *
 * Programs that still run are ended, then the driver is unloaded, then everything that is still
 * in use is a leak. Each leak is reported on standard error with the place that allocated it.
 *
 * Return: the number of leaks: frames, device pages, slab objects, locks held. 0 is a clean end.
 */
int machine_shutdown(void);

/**
 * struct machine_counts - what is in use now
 * @system_pages: frames of system memory, of programs and of the driver. Page tables, the zero
 *	page and other memory of the kernel itself do not count.
 * @device_pages: device private and device coherent pages that the driver has given out
 * @locked_pages: pages of either kind whose page lock is held
 * @slab_objects: objects from kmalloc() and its relatives, vmalloc() included
 * @pinned_pages: references that program_pin() took and program_unpin() did not drop yet
 * @isolated_pages: system pages that a migration has taken off the LRU lists
 */
struct machine_counts {
	unsigned long system_pages;
	unsigned long device_pages;
	unsigned long locked_pages;
	unsigned long slab_objects;
	unsigned long pinned_pages;
	unsigned long isolated_pages;
};

/**
 * machine_count() - count what is in use now
 *
 * Return: the counts. Costs nothing worth mentioning: they are kept, not searched.
 */
struct machine_counts machine_count(void);

/**
 * machine_check() - compare the counts of every page with all page tables
 *
 * For tests, between two operations. Slow: it looks at every page of every program.
 *
 * Return: how much does not agree, and 0 when all does. The first of it is on standard error.
 */
unsigned long machine_check(void);

/**
 * machine_violations() - how often a rule of the kernel was broken since boot
 *
 * Every violation has been reported on standard error, with the rule's name.
 *
 * Return: the number of reports since machine_boot().
 */
unsigned long machine_violations(void);

/**
 * machine_violations_of() - how often one rule was broken since boot
 * @rule: its name, as it stands in the report
 *
 * Return: the number of reports of that rule, 0 for a name that is none.
 */
unsigned long machine_violations_of(const char *rule);

/**
 * machine_last_violation() - the rule that was broken last
 *
 * Return: the name of the rule, "" when none was broken since machine_boot().
 */
const char *machine_last_violation(void);

/**
 * enum machine_failure - what can be made to fail while a driver runs
 * @MACHINE_FAIL_FRAME_ALLOC: alloc_page() and its relatives: out of memory
 * @MACHINE_FAIL_SLAB_ALLOC: kmalloc(), vmalloc() and their relatives: out of memory
 * @MACHINE_FAIL_TRYLOCK_PAGE: a page that setup wants to lock is locked by somebody else
 * @MACHINE_FAIL_LRU_ISOLATE: a page that setup wants to take off the LRU is on none
 * @MACHINE_FAIL_PIN: a page that setup has unmapped has a reference that nobody accounts for
 * @MACHINE_FAIL_MOVE: somebody took a reference on a page, or filled a hole, between setup and
 *	the pages step, which then leaves it where it is
 * @MACHINE_FAIL_SPLIT: a huge page that setup wants to split has a reference that nobody accounts
 *	for
 * @MACHINE_FAIL_COPY: copy_from_user() or copy_to_user() reaches no byte
 * @MACHINE_FAIL_DMA_MAP: dma_map_page() finds no address for the device
 * @MACHINE_FAIL_ENGINE: a copy engine of machine_pci_copy_engine() says that it failed
 * @MACHINE_FAILURES: their number
 */
enum machine_failure {
	MACHINE_FAIL_FRAME_ALLOC,
	MACHINE_FAIL_SLAB_ALLOC,
	MACHINE_FAIL_TRYLOCK_PAGE,
	MACHINE_FAIL_LRU_ISOLATE,
	MACHINE_FAIL_PIN,
	MACHINE_FAIL_MOVE,
	MACHINE_FAIL_SPLIT,
	MACHINE_FAIL_COPY,
	MACHINE_FAIL_DMA_MAP,
	MACHINE_FAIL_ENGINE,
	MACHINE_FAILURES
};

/**
 * machine_failure_name() - what a kind of failure is called
 * @kind: the kind
 *
 * The names are those of the constants: "frame_alloc" and so on. A scenario that knows nothing of
 * failures is made to meet them with the variable MACHINE_FAIL, which machine_boot() reads:
 *
 *	MACHINE_FAIL=frame_alloc:3	the third allocation of a frame fails
 *	MACHINE_FAIL=random:7:20	one in 20 of everything, at random from seed 7
 *	MACHINE_FAIL=count		none; machine_shutdown() prints how many of each kind could
 *
 * Failures only strike, and are only counted, while a driver serves a program: in open(), ioctl(),
 * release() and migrate_to_ram(), not in module_init() and not in page faults without a driver.
 *
 * Return: its name.
 */
const char *machine_failure_name(enum machine_failure kind);

/**
 * machine_fail_nth() - make one thing fail
 * @kind: of what kind
 * @nth: how many times more it is tried: 1 for the next time; 0 for never
 *
 * Standard error has a line when it happens, with the place. Forgotten by machine_boot().
 */
void machine_fail_nth(enum machine_failure kind, unsigned long nth);

/**
 * machine_fail_randomly() - make things of every kind fail
 * @seed: the same seed gives the same failures
 * @one_in: how rarely, 1 for always; 0 for not any more
 *
 * Forgotten by machine_boot().
 */
void machine_fail_randomly(unsigned int seed, unsigned int one_in);

/**
 * machine_failure_points() - how often something could have failed
 * @kind: of what kind
 *
 * Counted from machine_boot() if MACHINE_FAIL is set, otherwise from the first call of
 * machine_fail_nth() or machine_fail_randomly().
 *
 * Return: the number of times.
 */
unsigned long machine_failure_points(enum machine_failure kind);

/**
 * machine_failures() - how much was made to fail since boot
 *
 * Return: the number of failures.
 */
unsigned long machine_failures(void);

/**
 * enum machine_order - when the kernel does what a driver leaves to it
 * @MACHINE_LATE: as late as it can: when a task waits and could not go on otherwise, or sleeps
 * @MACHINE_EARLY: at once, or as soon as the task that queued it may sleep
 * @MACHINE_RANDOM: at any point where a task may sleep, and in any order
 *
 * What is meant are work queues, kernel threads, timers and tasklets. A driver has to be right in
 * every order. Nothing is put off for ever: the 32nd time that a program enters the kernel, by a
 * call or a fault, everything is done that can be.
 */
enum machine_order {
	MACHINE_LATE,
	MACHINE_EARLY,
	MACHINE_RANDOM
};

/**
 * machine_order() - choose when the kernel does what a driver leaves to it
 * @order: when
 * @seed: for MACHINE_RANDOM: the same seed gives the same order
 *
 * machine_boot() reads the variable MACHINE_SCHEDULE, which is late, early or random:SEED, and
 * takes late without it.
 */
void machine_order(enum machine_order order, unsigned int seed);

/**
 * machine_sleep() - let time pass while no program does anything
 * @milliseconds: how long, in the time of the machine: it does not really take it
 *
 * Everything that was left to the kernel is done, and timers expire.
 */
void machine_sleep(unsigned int milliseconds);

/**
 * machine_add_pci_device() - put a device on the PCI bus
 * @vendor: number of its maker
 * @device: the maker's number of it
 * @bar_size: bytes of its BAR 0, rounded up to whole pages
 *
 * A driver that names it is probed: at once, or when it is loaded. The device goes when the machine is
 * shut down.
 *
 * Return: its number on the bus, from 0 up, or -ENOMEM.
 */
int machine_add_pci_device(unsigned int vendor, unsigned int device, unsigned long bar_size);

/**
 * machine_pci_bar() - the registers of a device, as the device sees them
 * @number: of machine_add_pci_device()
 *
 * Return: the bytes of BAR 0, or a null pointer.
 */
void *machine_pci_bar(int number);

/**
 * machine_add_pci_devices_wanted() - put a device on the bus for each driver that is loaded
 * @bar_size: bytes of its BAR 0
 * @found: called with the number of each before the driver is probed, or NULL
 *
 * The device is the first in the driver's table of ids.
 *
 * Return: how many, or -ENOMEM.
 */
int machine_add_pci_devices_wanted(unsigned long bar_size, void (*found)(int number));

/**
 * struct machine_copy_engine - where a device has the registers of its copy engine
 * @from: offset in BAR 0 of the address to copy from, 64 bits; an address of 0 clears
 * @to: of the address to copy to, 64 bits
 * @length: of the number of bytes, 32 bits; writing it begins the copy
 * @status: of the result, 32 bits, 0 while it copies
 * @done: the result of a copy that was made
 * @failed: the result of one that failed
 */
struct machine_copy_engine {
	unsigned long from;
	unsigned long to;
	unsigned long length;
	unsigned long status;
	unsigned int done;
	unsigned int failed;
};

/**
 * machine_pci_copy_engine() - give a device a copy engine
 * @number: of machine_add_pci_device()
 * @registers: what the driver writes where
 *
 * The engine copies when it is its turn, as a tasklet does, and then interrupts; or when the driver
 * has read the status for the third time, and does not interrupt. An address that the driver did not
 * map for the device breaks a rule. MACHINE_FAIL_ENGINE makes copies fail.
 *
 * Return: 0, -ENODEV or -ENOMEM.
 */
int machine_pci_copy_engine(int number, const struct machine_copy_engine *registers);

/**
 * machine_remove_pci_device() - unbind the driver of a device, as when it is pulled out
 * @number: of machine_add_pci_device()
 */
void machine_remove_pci_device(int number);

/* One process of the machine: an address space and a table of open files. */
struct program;

/**
 * program_start() - start a process with an empty address space
 *
 * Return: the process, or a null pointer when out of memory.
 */
struct program *program_start(void);

/**
 * program_exit() - end a process
 * @p: the process; not to be used afterwards
 *
 * As on exit(2), the address space goes first and open files after it.
 */
void program_exit(struct program *p);

/**
 * program_attach() - let this process be the program: plain pointers, threads and real faults
 * @p: the process; one at a time
 *
 * From now on an address that program_map() returned can be used as a pointer, in any thread of the
 * caller. An access that the page tables do not allow faults as on Linux: the kernel of the machine
 * serves it, and the driver's migrate_to_ram() if the page is on the device, in the thread that
 * faulted. What Linux would answer with SIGSEGV or SIGBUS goes to the handler that the process had
 * before, so that a scenario can catch it.
 *
 * Any thread may now call the functions of this header. One at a time is in the kernel; where it has
 * to wait for another, for a lock, a page lock or a page that migrates, it sleeps, and where it may
 * sleep it lets others in. A wait of 20 seconds, or of as many milliseconds as the variable
 * MACHINE_WAIT says, is reported as a deadlock.
 *
 * System calls of the host do not know the program's memory: a pointer into it that is passed to
 * read(2), or to a function that calls it, fails with EFAULT where nothing is mapped yet.
 *
 * Return: 0, -EBUSY when a program is attached already, or an error of sigaction(2).
 */
int program_attach(struct program *p);

/**
 * program_detach() - the process is itself again
 * @p: the process; nothing is done when it is not attached
 *
 * No other thread may be in the machine or touch the program's memory any more. The handler of
 * SIGSEGV is again the one from before. program_exit() and machine_shutdown() do this too.
 */
void program_detach(struct program *p);

/**
 * program_fork() - start a copy of a process, as fork(2)
 * @p: the process
 *
 * The two share their pages until one of them writes. The child has the parent's files open, too, under
 * the same descriptors; a driver hears when the last of the two closes one.
 *
 * Return: the child, or a null pointer when out of memory.
 */
struct program *program_fork(struct program *p);

/**
 * program_map() - map anonymous private memory
 * @p: the process
 * @length: bytes, rounded up to whole pages
 * @prot: PROGRAM_READ, PROGRAM_WRITE, both or PROGRAM_NONE; and PROGRAM_HUGE
 *
 * Nothing is allocated until the memory is touched. Every mapping begins at a multiple of 2 MiB
 * and never touches another, and the addresses are the same in every run.
 *
 * Return: the address, or 0 on failure.
 */
unsigned long program_map(struct program *p, unsigned long length, int prot);

/**
 * program_map_at() - map anonymous private memory at an address, as mmap(2) with MAP_FIXED
 * @p: the process
 * @addr: page aligned address; what is mapped in the range is unmapped first
 * @length: bytes, rounded up to whole pages
 * @prot: as for program_map()
 *
 * Return: the address, or 0 on failure, also when no program can have that range: it is for ranges that
 * program_map() gave before.
 */
unsigned long program_map_at(struct program *p, unsigned long addr, unsigned long length, int prot);

/**
 * enum program_remap - how a mapping may change its place, as the flags of mremap(2)
 * @PROGRAM_REMAP_MAY_MOVE: it may move
 * @PROGRAM_REMAP_FIXED: it moves to a given address
 * @PROGRAM_REMAP_DONT_UNMAP: where it was, a mapping without pages stays (5.7)
 */
enum program_remap {
	PROGRAM_REMAP_MAY_MOVE = 1,
	PROGRAM_REMAP_FIXED = 2,
	PROGRAM_REMAP_DONT_UNMAP = 4
};

/**
 * program_remap() - change the size or the place of a mapping, as mremap(2)
 * @p: the process
 * @addr: page aligned first address
 * @old_length: bytes, of one mapping
 * @length: bytes afterwards
 * @how: of enum program_remap
 * @to: for PROGRAM_REMAP_FIXED: the new address; what is mapped there is unmapped first
 *
 * Pages move with their mapping, wherever they are: those on a device stay there.
 *
 * Return: the address, or 0 on failure.
 */
unsigned long program_remap(struct program *p, unsigned long addr, unsigned long old_length,
			    unsigned long length, int how, unsigned long to);

/**
 * enum program_advice - what a program says about its memory, as to madvise(2)
 * @PROGRAM_ADVICE_DONTNEED: the pages go; the next access finds zeroes, or the file
 * @PROGRAM_ADVICE_FREE: program_swap_out() may throw the pages away until they are written to again
 * @PROGRAM_ADVICE_HUGEPAGE: the range may have huge pages
 * @PROGRAM_ADVICE_NOHUGEPAGE: it may not
 * @PROGRAM_ADVICE_COLLAPSE: a huge page takes the place of each 512 small ones, now (6.1)
 */
enum program_advice {
	PROGRAM_ADVICE_DONTNEED,
	PROGRAM_ADVICE_FREE,
	PROGRAM_ADVICE_HUGEPAGE,
	PROGRAM_ADVICE_NOHUGEPAGE,
	PROGRAM_ADVICE_COLLAPSE
};

/**
 * program_advise() - say something about memory, as madvise(2)
 * @p: the process
 * @addr: page aligned first address
 * @length: bytes, rounded up to whole pages
 * @advice: what
 *
 * Return: 0; -EINVAL when the memory is not of a kind for it, or the release does not know it; -ENOMEM
 * when part of the range is not mapped, or without memory; -EAGAIN when pages are in use.
 */
int program_advise(struct program *p, unsigned long addr, unsigned long length,
		   enum program_advice advice);

/* A file, which programs can map. */
struct program_file;

/**
 * program_create_file() - make a file of zeroes
 * @length: bytes, rounded up to whole pages
 *
 * Behaves as a file on tmpfs. It lives until the machine is shut down.
 *
 * Return: the file, or a null pointer when out of memory.
 */
struct program_file *program_create_file(unsigned long length);

/**
 * program_read_file() - read from a file, as pread(2)
 * @file: the file
 * @offset: where, in bytes
 * @buf: room for the bytes
 * @length: their number
 *
 * Return: 0, -EINVAL beyond the end of the file, or -ENOMEM.
 */
int program_read_file(struct program_file *file, unsigned long offset, void *buf,
		      unsigned long length);

/**
 * program_write_file() - write to a file, as pwrite(2)
 * @file: the file
 * @offset: where, in bytes
 * @buf: the bytes
 * @length: their number
 *
 * Return: 0, -EINVAL beyond the end of the file, or -ENOMEM.
 */
int program_write_file(struct program_file *file, unsigned long offset, const void *buf,
		       unsigned long length);

/**
 * program_map_file() - map a whole file
 * @p: the process
 * @file: the file
 * @prot: as for program_map()
 * @shared: 1 for stores that reach the file and everybody who maps it, 0 for stores to a copy
 *
 * Return: the address, or 0 on failure.
 */
unsigned long program_map_file(struct program *p, struct program_file *file, int prot, int shared);

/**
 * program_map_device() - map the file of a device, as mmap(2) with MAP_SHARED
 * @p: the process
 * @fd: from program_open()
 * @length: bytes, rounded up to whole pages
 * @prot: as for program_map(); with PROGRAM_PRIVATE, as with MAP_PRIVATE
 *
 * Calls the driver's mmap(). The file stays open, even if it is closed, until the memory is
 * unmapped.
 *
 * Return: the address, or 0 when the file is not open, or the driver has no mmap() or refuses.
 */
unsigned long program_map_device(struct program *p, int fd, unsigned long length, int prot);

/**
 * program_unmap() - unmap a range, as munmap(2)
 * @p: the process
 * @addr: page aligned first address
 * @length: bytes, rounded up to whole pages
 *
 * Return: 0, -EINVAL, or -ENOMEM.
 */
int program_unmap(struct program *p, unsigned long addr, unsigned long length);

/**
 * program_protect() - change the protection of a range, as mprotect(2)
 * @p: the process
 * @addr: page aligned first address
 * @length: bytes, rounded up to whole pages
 * @prot: as for program_map()
 *
 * Return: 0, -EINVAL, or -ENOMEM when part of the range is not mapped.
 */
int program_protect(struct program *p, unsigned long addr, unsigned long length, int prot);

/**
 * program_read() - the CPU loads from the program's memory
 * @p: the process
 * @addr: first address, of any alignment
 * @buf: memory of the caller for the bytes
 * @length: bytes
 *
 * Takes the page faults that a load takes: a hole gets the zero page, a page on the device is
 * brought back by the driver.
 *
 * Return: 0, SIGSEGV or SIGBUS as the program would get it, or SIGKILL when the same fault came
 * back so often that a real CPU would never leave it (reported as "fault-loop"). @buf is filled
 * up to the page that could not be read.
 */
int program_read(struct program *p, unsigned long addr, void *buf, unsigned long length);

/**
 * program_write() - the CPU stores to the program's memory
 * @p: the process
 * @addr: first address, of any alignment
 * @buf: the bytes
 * @length: their number
 *
 * Takes the page faults that a store takes: a hole gets a page, a shared page is copied, a page
 * on the device is brought back by the driver.
 *
 * Return: as program_read().
 */
int program_write(struct program *p, unsigned long addr, const void *buf, unsigned long length);

/**
 * program_lock() - keep pages in memory, as mlock(2)
 * @p: the process
 * @addr: an address in the first page
 * @length: bytes
 *
 * The pages are faulted in, which brings those on a device back, and are not swapped out any more.
 * They can still move to a device, and are locked again when they come back. There is no limit.
 *
 * Return: 0, -EINVAL, or -ENOMEM when part of the range is not mapped or may not be accessed.
 */
int program_lock(struct program *p, unsigned long addr, unsigned long length);

/**
 * program_unlock() - let pages be swapped out again, as munlock(2)
 * @p: the process
 * @addr: an address in the first page
 * @length: bytes
 *
 * Return: 0, -EINVAL, or -ENOMEM when part of the range is not mapped.
 */
int program_unlock(struct program *p, unsigned long addr, unsigned long length);

/**
 * program_swap_out() - swap pages out, as madvise(2) with MADV_PAGEOUT
 * @p: the process
 * @addr: page aligned first address
 * @length: bytes, rounded up to whole pages
 *
 * Anonymous pages of system memory go, in whichever process they are mapped; those that are pinned
 * or locked stay. A load or store brings them back.
 *
 * Return: the number of pages that went; -EINVAL, also when program_lock() locked part of the range.
 */
long program_swap_out(struct program *p, unsigned long addr, unsigned long length);

/**
 * program_pin() - take an extra reference on a page, as get_user_pages() does
 * @p: the process
 * @addr: an address in the page, which is faulted in for reading and so never left on the device
 *
 * Return: 0, or -EFAULT.
 */
int program_pin(struct program *p, unsigned long addr);

/**
 * program_pin_longterm() - hold a page that is written to for long, as pin_user_pages() does for FOLL_LONGTERM
 * @p: the process
 * @addr: an address in the page, which is faulted in for writing; it is moved to system memory from
 *	memory of a device that the CPU can reach, too
 *
 * From 5.9 on a child that is forked meanwhile gets a copy of the page.
 *
 * Return: 0, -EFAULT, -ENOMEM, or -EBUSY when the page could not be moved.
 */
int program_pin_longterm(struct program *p, unsigned long addr);

/**
 * program_unpin() - drop a reference that program_pin() or program_pin_longterm() took
 * @p: the process
 * @addr: the address that was given to it; the page that was pinned there is released even if
 *	another is mapped there by now
 *
 * Return: 0, or -EINVAL when nothing was pinned there.
 */
int program_unpin(struct program *p, unsigned long addr);

/**
 * program_open() - open a device file
 * @p: the process
 * @path: "/dev/NAME" of a misc or character device that a driver registered
 *
 * Return: a file descriptor from 0 up, or -ENOENT, -EMFILE, or the error of the driver's open().
 */
int program_open(struct program *p, const char *path);

/**
 * program_ioctl() - call the driver's unlocked_ioctl()
 * @p: the process, which is current to the driver
 * @fd: from program_open()
 * @cmd: the command
 * @arg: what the command takes; a structure of the caller, or an address of the program
 *
 * The driver's copy_from_user() and copy_to_user() go through the program's page tables for
 * addresses in its mappings. Any other pointer is memory of the scenario and is copied directly.
 *
 * Return: what the driver returned; -EBADF; -ENOTTY when it has no unlocked_ioctl().
 */
long program_ioctl(struct program *p, int fd, unsigned int cmd, void *arg);

/**
 * program_close() - close a file
 * @p: the process
 * @fd: from program_open()
 *
 * Return: 0, or -EBADF.
 */
int program_close(struct program *p, int fd);

/**
 * enum program_page - where the page of an address is
 * @PROGRAM_PAGE_NONE: nothing there: a hole of a mapping, or no mapping at all
 * @PROGRAM_PAGE_ZERO: the shared page of zeroes
 * @PROGRAM_PAGE_SYSTEM: a frame of system memory
 * @PROGRAM_PAGE_DEVICE: a page of device memory
 * @PROGRAM_PAGE_SWAPPED: swapped out
 * @PROGRAM_PAGE_MIGRATING: behind a migration entry
 * @PROGRAM_PAGE_EXCLUSIVE: a frame of system memory that a device has for itself
 */
enum program_page {
	PROGRAM_PAGE_NONE,
	PROGRAM_PAGE_ZERO,
	PROGRAM_PAGE_SYSTEM,
	PROGRAM_PAGE_DEVICE,
	PROGRAM_PAGE_SWAPPED,
	PROGRAM_PAGE_MIGRATING,
	PROGRAM_PAGE_EXCLUSIVE
};

/**
 * struct program_page_info - what can be seen of one page from outside
 * @where: where it is
 * @writable: 1 when a store would need no fault (a system page), or would find a page that may be
 *	written once it is back (device, migrating)
 * @refcount: reference count of the page, 0 when there is none
 * @mapcount: how many page table entries map it
 * @locked: 1 when its page lock is held
 * @huge: 1 when it is part of a huge page; its counts are those of the huge page then
 * @mlocked: 1 when it is kept in memory by program_lock(); Linux marks the page of a device, too, that
 *	took the place of such a page
 */
struct program_page_info {
	enum program_page where;
	int writable;
	int refcount;
	int mapcount;
	int locked;
	int huge;
	int mlocked;
};

/**
 * program_page() - look at a page without touching it
 * @p: the process
 * @addr: an address in the page
 *
 * Return: what is there. Never faults and changes nothing.
 */
struct program_page_info program_page(struct program *p, unsigned long addr);

#ifdef __cplusplus
}
#endif

#endif /* PROGRAM_H */
