/*
 * i18n.h - the short names of gettext, for the processes that face a person:
 * the client, and the hook of a push.
 */
#ifndef PLEIN_I18N_H
#define PLEIN_I18N_H

#include <libintl.h>

#define _(s) gettext(s)
#define N_(s) s /* found by xgettext, translated where it is shown */

/* LANGUAGE has another value: look messages up anew. */
void
language_changed(void);

/* Locale and catalogue; `dir` holds <language>/LC_MESSAGES/plein.mo. Looks
 * one message up in each language, so that nothing is opened after it. */
void
language_open(const char *dir);

#endif
