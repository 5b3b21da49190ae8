/* measure.h - numbers: medians, memory and wake-ups of a process tree. */
#ifndef PLEIN_BENCH_MEASURE_H
#define PLEIN_BENCH_MEASURE_H

#include <stddef.h>
#include <sys/types.h>

struct comparison {
	double ours, peer; /* negative: could not be measured here */
	double ratio; /* 0 without a peer */
	char note[96]; /* "" or what else is to be said */
};

/*
 * n turns: the medians of the two sides, and the median of ours[i]/peer[i].
 * Sorts all.
 */
struct comparison
measure_turns(double *ours, double *peer, size_t n);

/* Sorts `v`. */
double
measure_median(double *v, size_t n);

/* What the part `at` of them is at most: 0.99 for all but 1 %. Sorts `v`. */
double
measure_quantile(double *v, size_t n, double at);

/* Seconds, monotonic. */
double
measure_now(void);

/*
 * Proportional set size in kB of a process and all below it; negative when
 * the kernel does not show one of them (it takes root to see a process that
 * has made itself undumpable).
 */
double
measure_pss(pid_t root);

/* kB that this process alone has; negative as above. */
double
measure_private(pid_t pid);

/* Clock ticks of processor time that it used so far, all threads; 0 when it is
 * gone. See proc(5), stat. */
unsigned long
measure_ticks(pid_t pid);

/* Newest process below `root` whose command line holds `title`, or 0. */
pid_t
measure_find(pid_t root, const char *title);

/* Voluntary context switches so far of all threads of the same. */
double
measure_wakeups(pid_t root);

#endif
