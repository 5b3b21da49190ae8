/* Reads /proc of a process tree; see proc(5). */
#include "measure.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "plein/mem.h"

#define MAX_PROCESSES 4096

struct process {
	pid_t pid, parent;
};

static int
compare_numbers(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double
measure_median(double *v, size_t n)
{
	qsort(v, n, sizeof(*v), compare_numbers);
	return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

double
measure_quantile(double *v, size_t n, double at)
{
	size_t i = (size_t)((double)n * at);

	qsort(v, n, sizeof(*v), compare_numbers);
	return v[i < n ? i : n - 1];
}

struct comparison
measure_turns(double *ours, double *peer, size_t n)
{
	double *ratios = mem_array(n, sizeof(*ratios));
	struct comparison c = { 0 };

	for (size_t i = 0; i < n; i++)
		ratios[i] = ours[i] / peer[i];
	c.ours = measure_median(ours, n);
	c.peer = measure_median(peer, n);
	c.ratio = measure_median(ratios, n);
	free(ratios);
	return c;
}

double
measure_now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* The number behind "KEY:" in a file of /proc; 0 when its process is gone,
 * negative when the file may not be read. */
static double
number_in(const char *path, const char *key)
{
	FILE *in = fopen(path, "re");
	char line[256];
	double v = 0;

	if (!in)
		return errno == EACCES ? -1 : 0;
	while (fgets(line, sizeof(line), in))
		if (strncmp(line, key, strlen(key)) == 0)
			v = strtod(line + strlen(key), NULL);
	(void)fclose(in);
	return v;
}

static int
all_processes(struct process *p)
{
	DIR *d = opendir("/proc");
	struct dirent *e;
	char path[64];
	int n = 0;

	while (d && (e = readdir(d)) && n < MAX_PROCESSES) {
		p[n].pid = (pid_t)strtol(e->d_name, NULL, 10);
		if (p[n].pid <= 0)
			continue;
		(void)snprintf(path, sizeof(path), "/proc/%d/status",
			       (int)p[n].pid);
		p[n].parent = (pid_t)number_in(path, "PPid:");
		n++;
	}
	if (d)
		(void)closedir(d);
	return n;
}

/* Pids of the tree below `root`, itself included. */
static int
tree_of(pid_t root, pid_t *out)
{
	static struct process all[MAX_PROCESSES];
	int n_all = all_processes(all), n = 1, i, j;

	out[0] = root;
	for (i = 0; i < n; i++)
		for (j = 0; j < n_all && n < MAX_PROCESSES; j++)
			if (all[j].parent == out[i])
				out[n++] = all[j].pid;
	return n;
}

static bool
title_holds(pid_t pid, const char *title)
{
	char path[64], line[4096];
	FILE *in;
	size_t n;

	(void)snprintf(path, sizeof(path), "/proc/%d/cmdline", (int)pid);
	in = fopen(path, "re");
	if (!in)
		return false;
	n = fread(line, 1, sizeof(line) - 1, in);
	(void)fclose(in);
	for (size_t i = 0; i < n; i++)
		if (line[i] == '\0')
			line[i] = ' ';
	line[n] = '\0';
	return strstr(line, title) != NULL;
}

pid_t
measure_find(pid_t root, const char *title)
{
	static pid_t pids[MAX_PROCESSES];
	int n = tree_of(root, pids);
	pid_t found = 0;

	for (int i = 0; i < n; i++)
		if (pids[i] > found && title_holds(pids[i], title))
			found = pids[i];
	return found;
}

static double
wakeups_of(pid_t pid)
{
	char folder[64], path[400];
	struct dirent *e;
	double sum = 0;
	DIR *d;

	(void)snprintf(folder, sizeof(folder), "/proc/%d/task", (int)pid);
	d = opendir(folder);
	while (d && (e = readdir(d))) {
		(void)snprintf(path, sizeof(path), "%s/%s/status", folder,
			       e->d_name);
		sum += number_in(path, "voluntary_ctxt_switches:");
	}
	if (d)
		(void)closedir(d);
	return sum;
}

double
measure_pss(pid_t root)
{
	static pid_t pids[MAX_PROCESSES];
	int n = tree_of(root, pids), i;
	char path[64];
	double sum = 0, kb;

	for (i = 0; i < n; i++) {
		(void)snprintf(path, sizeof(path), "/proc/%d/smaps_rollup",
			       (int)pids[i]);
		kb = number_in(path, "Pss:");
		if (kb < 0)
			return -1;
		sum += kb;
	}
	return sum;
}

double
measure_private(pid_t pid)
{
	char path[64];
	double clean, dirty;

	(void)snprintf(path, sizeof(path), "/proc/%d/smaps_rollup", (int)pid);
	clean = number_in(path, "Private_Clean:");
	dirty = number_in(path, "Private_Dirty:");
	return clean < 0 || dirty <= 0 ? -1 : clean + dirty;
}

unsigned long
measure_ticks(pid_t pid)
{
	char path[64], line[512];
	unsigned long user = 0, kernel = 0;
	const char *at;
	FILE *in;

	(void)snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	in = fopen(path, "re");
	if (!in)
		return 0;
	/* the second field is a name, between brackets */
	if (fgets(line, sizeof(line), in) && (at = strrchr(line, ')')))
		(void)sscanf(at,
			     ") %*c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s "
			     "%lu %lu",
			     &user, &kernel);
	(void)fclose(in);
	return user + kernel;
}

double
measure_wakeups(pid_t root)
{
	static pid_t pids[MAX_PROCESSES];
	int n = tree_of(root, pids), i;
	double sum = 0;

	for (i = 0; i < n; i++)
		sum += wakeups_of(pids[i]);
	return sum;
}
