/*
 * spellproc.h - the supervisor's part in spelling: the process that knows
 * the words, started when the wiki process first asks for it.
 */
#ifndef PLEIN_SERVER_SPELLPROC_H
#define PLEIN_SERVER_SPELLPROC_H

#include "house.h"

/*
 * Start one and send the wiki process a stream to it. One that runs already
 * was lost by the wiki process, and ends by itself. Not more often than once
 * a second: a word that kills it must not keep us busy.
 */
void
spellproc_start(struct house *h);

/* It was reaped. */
void
spellproc_died(struct house *h, int status);

/* Nothing when none runs. */
void
spellproc_signal(const struct house *h, int sig);

#endif
