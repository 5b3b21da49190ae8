/* i18n.c - see i18n.h. */
#include "base/i18n.h"

#include <locale.h>
#include <stddef.h>

#define DOMAIN "plein"

void
language_changed(void)
{
	/* The C library forgets what it looked up when the locale is set. */
	(void)setlocale(LC_ALL, "");
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
	(void)gettext("Help");
}
