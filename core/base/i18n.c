/* i18n.c - see i18n.h. */
#include "plein/i18n.h"

#include <locale.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"

#define DOMAIN "plein"
#define TRANSLATED "nl" /* the messages themselves are English */

void
language_changed(void)
{
	/* The C library forgets what it looked up when the locale is set. */
	(void)setlocale(LC_ALL, "");
}

/* Also for who begins in English: a file cannot be opened later. */
static void
load_catalogue(void)
{
	const char *language = getenv("LANGUAGE");
	char *wanted = mem_strdup(language ? language : "");

	(void)setenv("LANGUAGE", TRANSLATED, 1);
	(void)gettext("Help");
	if (strcmp(wanted, TRANSLATED) != 0) {
		(void)setenv("LANGUAGE", wanted, 1);
		language_changed();
	}
	free(wanted);
}

void
language_open(const char *dir)
{
	/* Without a catalogue people read English: worse, but it works. */
	if (!setlocale(LC_ALL, ""))
		(void)setlocale(LC_ALL, "C.UTF-8");
	(void)bindtextdomain(DOMAIN, dir);
	(void)bind_textdomain_codeset(DOMAIN, "UTF-8");
	(void)textdomain(DOMAIN);
	load_catalogue();
}
