/* args.c - see args.h. */
#include "args.h"

#include <stdbool.h>
#include <string.h>

static const struct args_option *
find_option(const struct args_option *options, const char *word, size_t len)
{
	for (; options->name; options++)
		if (strlen(options->name) == len &&
		    strncmp(options->name, word, len) == 0)
			return options;
	return NULL;
}

/* argv[*at] is an option; *at becomes its last word. */
static int
take_option(int argc, char **argv, int *at, const struct args_option *options,
	    struct err *err)
{
	const char *word = argv[*at];
	const char *equals = strchr(word, '=');
	size_t len = equals ? (size_t)(equals - word) : strlen(word);
	const struct args_option *o = find_option(options, word, len);

	if (!o)
		return err_set(err, PLEIN_EUSAGE, "unknown option %.*s",
			       (int)len, word);
	if (equals) {
		*o->value = equals + 1;
		return 0;
	}
	if (*at + 1 >= argc)
		return err_set(err, PLEIN_EUSAGE, "%s needs a value", word);
	*o->value = argv[++*at];
	return 0;
}

static bool
is_option(const char *word)
{
	return word[0] == '-' && word[1] != '\0';
}

int
args_sort(int argc, char **argv, const struct args_option *options,
	  const char **words, int max, struct err *err)
{
	bool open = true;
	int i, n = 0, rc = 0;

	for (i = 0; i < argc && !rc; i++) {
		if (open && strcmp(argv[i], "--") == 0)
			open = false;
		else if (open && is_option(argv[i]))
			rc = take_option(argc, argv, &i, options, err);
		else if (n < max)
			words[n++] = argv[i];
		else
			rc = err_set(err, PLEIN_EUSAGE, "%s is too much",
				     argv[i]);
	}
	return rc ? rc : n;
}

bool
args_flag(int *argc, char **argv, const char *name)
{
	bool found = false, open = true;
	int i, n = 0;

	for (i = 0; i < *argc; i++) {
		open = open && strcmp(argv[i], "--") != 0;
		if (open && strcmp(argv[i], name) == 0)
			found = true;
		else
			argv[n++] = argv[i];
	}
	*argc = n;
	return found;
}
