/*
 * i18n.h - what people read, in their language, for the processes that face a
 * person: the client, and the hook of a push. The names are those of gettext,
 * which translators and xgettext know; looking up is ours (plein/texts.h): the
 * C library needs 200 kB more for it, of which each session has a part.
 */
#ifndef PLEIN_I18N_H
#define PLEIN_I18N_H

#define gettext(s) i18n_text(s)
#define ngettext(one, many, n) i18n_count(one, many, n)
#define _(s) gettext(s)
#define N_(s) s /* found by xgettext, translated where it is shown */

/* What is said for `s`: itself in English, and without a translation. Borrowed:
 * of the program or of the catalogue, which stays. */
const char *
i18n_text(const char *s) __attribute__((format_arg(1)));

/* The same for so many things. */
const char *
i18n_count(const char *one, const char *many, unsigned long n)
	__attribute__((format_arg(1), format_arg(2)));

/* LANGUAGE (nl, en) has another value. */
void
language_changed(void);

/* Locale and catalogue, which is the file nl.texts in `dir`. Nothing is opened
 * after it. */
void
language_open(const char *dir);

#endif
