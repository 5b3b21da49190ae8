/* i18n.c - see i18n.h. */
#include "plein/i18n.h"

#include <locale.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "plein/mem.h"

#define DOMAIN "plein"
#define TRANSLATED "nl" /* the messages themselves are English */

/* What letters are, and that there are messages at all: the rest of a locale
 * is ten more files at each login, and nothing here asks for it. */
static void
set_locale(void)
{
	static const int categories[] = { LC_CTYPE, LC_MESSAGES };

	for (size_t i = 0; i < sizeof(categories) / sizeof(*categories); i++)
		if (!setlocale(categories[i], ""))
			(void)setlocale(categories[i], "C.UTF-8");
}

void
language_changed(void)
{
	/* The C library forgets what it looked up when the locale is set. */
	(void)setlocale(LC_MESSAGES, "");
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
	set_locale();
	(void)bindtextdomain(DOMAIN, dir);
	(void)bind_textdomain_codeset(DOMAIN, "UTF-8");
	(void)textdomain(DOMAIN);
	load_catalogue();
}
