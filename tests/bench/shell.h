/* shell.h - preparing what is measured, with a few lines of sh. */
#ifndef PLEIN_BENCH_SHELL_H
#define PLEIN_BENCH_SHELL_H

/* Run a script in a folder; ends the program when it fails. */
void
shell_run(const char *dir, const char *script);

/* Remove a folder and all that is in it. */
void
shell_remove(const char *dir);

#endif
