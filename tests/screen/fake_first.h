/* fake_first.h - what a script of a test shows first. */
#ifndef PLEIN_TEST_FAKE_FIRST_H
#define PLEIN_TEST_FAKE_FIRST_H

#include <jansson.h>

#include "view/view.h"

/*
 * What is shown first, from the first line of a script: "at PAGE"; "door
 * register" and "door application" for who comes for that; else the start
 * screen. Its arguments are the caller's.
 */
void
fake_first(const char *script, enum screen *first, json_t **args);

#endif
