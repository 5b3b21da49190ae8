/*
 * fake_mood.h - what a wiki of the test answers, turned into something else:
 * nothing at all, or all that people could put into a text to break a screen.
 */
#ifndef PLEIN_TEST_FAKE_MOOD_H
#define PLEIN_TEST_FAKE_MOOD_H

#include <jansson.h>

enum fake_mood {
	FAKE_ORDINARY,
	FAKE_EMPTY, /* lists are empty, texts are "" */
	FAKE_HOSTILE /* escapes, controls, wide, long in every text */
};

/* Change the result of a method in place. */
void
fake_change_mood(enum fake_mood mood, const char *method, json_t *result);

#endif
