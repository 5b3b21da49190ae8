/*
 * guard.h - whatever way the measuring ends, nothing of it stays: it happens
 * in a process of its own, below a folder of its own.
 */
#ifndef PLEIN_BENCH_GUARD_H
#define PLEIN_BENCH_GUARD_H

/*
 * Run `work` in a child with TMPDIR set to a new folder; when it has ended,
 * or this process is told to (SIGINT, SIGTERM, SIGHUP), end what it left
 * running and remove the folder. Its exit status.
 */
int
guard_run(void (*work)(int argc, char **argv), int argc, char **argv);

#endif
