/*
 * people.h - `pleind user …`: what administrators decide about who takes
 * part, on the host. The same methods as over ssh.
 */
#ifndef PLEIN_PEOPLE_H
#define PLEIN_PEOPLE_H

#include <stdbool.h>

/* Is it one of ours: requests approve refuse block unblock role invite? */
bool
people_knows(const char *word);

/* `pleind user WORD …`; gives the exit code. */
int
people_main(int argc, char **argv);

#endif
