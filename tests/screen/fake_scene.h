/*
 * fake_scene.h - the client on the terminal of the caller, as one mock-up of
 * the design has it: with its wiki, at its page, at a moment that does not
 * pass. test_mockups.c says in which files that stands.
 */
#ifndef PLEIN_TEST_FAKE_SCENE_H
#define PLEIN_TEST_FAKE_SCENE_H

#include <stdbool.h>

#define FAKE_MOCKUPS "tests/screen/mockups"

/* The clock stands still at that moment, as when.h reads it; "": it goes on.
 * The test fails when it cannot be read. */
void
fake_scene_stand_still(const char *moment);

/* Are there discussions in the wikis that begin from now on? */
void
fake_scene_discuss(bool discuss);

/* Until the terminal hangs up; returns an exit status. */
int
fake_scene_show(const char *name);

#endif
