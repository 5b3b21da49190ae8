/*
 * hooks.h - the folder of hooks that git runs for a push: links to the
 * descriptor under which it inherits our program (plein/control.h). So
 * neither the repository nor the folder holds a path of the program.
 */
#ifndef PLEIN_WIKI_HOOKS_H
#define PLEIN_WIKI_HOOKS_H

#include "plein/err.h"

/* Make the folder in the current directory, or mend it. */
int
hooks_make(struct err *err);

#endif
