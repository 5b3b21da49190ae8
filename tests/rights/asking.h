/* asking.h - a row of a table of methods, asked by everybody in it. */
#ifndef PLEIN_RIGHTS_ASKING_H
#define PLEIN_RIGHTS_ASKING_H

#include "cast.h"

/*
 * Each column asks over its own stream of `visits` (by enum person), all
 * before the first is heard. How many heard something else than the table
 * says; that is printed.
 */
int
asking_row(const struct fixture *f, const struct sheet *t, const struct row *r,
	   struct visit visits[PERSON_N]);

#endif
