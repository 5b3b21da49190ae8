/* measure.h - numbers: medians, memory and wake-ups of a process tree. */
#ifndef PLEIN_BENCH_MEASURE_H
#define PLEIN_BENCH_MEASURE_H

#include <stddef.h>
#include <sys/types.h>

/* Sorts `v`. */
double
measure_median(double *v, size_t n);

/* Seconds, monotonic. */
double
measure_now(void);

/* Proportional set size in kB of a process and all below it. */
double
measure_pss(pid_t root);

/* Voluntary context switches so far of all threads of the same. */
double
measure_wakeups(pid_t root);

/* Processes of that tree. */
int
measure_processes(pid_t root);

#endif
