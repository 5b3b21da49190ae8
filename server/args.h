/* args.h - the words and options of a command line. */
#ifndef PLEIN_SERVER_ARGS_H
#define PLEIN_SERVER_ARGS_H

#include <stdbool.h>

#include "plein/err.h"

struct args_option {
	const char *name; /* "--key"; NULL ends the list */
	const char **value; /* set when given, else left alone */
};

/*
 * Sort the words of argv into options (`--key V` or `--key=V`) and words; `--`
 * ends the options. Returns the number of words, at most `max`, or
 * PLEIN_EUSAGE. Everything points into argv.
 */
int
args_sort(int argc, char **argv, const struct args_option *options,
	  const char **words, int max, struct err *err);

/*
 * Take an option without a value (`--json`) out of the words, wherever it
 * stands before a `--`; *argc becomes smaller. Was it there?
 */
bool
args_flag(int *argc, char **argv, const char *name);

#endif
