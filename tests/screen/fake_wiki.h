/*
 * fake_wiki.h - a wiki process for screen tests: a child that answers
 * JSON-RPC on a socket pair from the pages in tests/screen/wiki. It keeps
 * what is saved, in memory.
 *
 * Notes that mean something to it: "conflict" refuses the save as a
 * colleague's would, and "clash" does so the first time because a colleague
 * saved changes that clash; "deleted" the first time as if the page were
 * gone; "joined" saves it
 * with a change of a colleague; "die" closes the stream without an answer, sends a fresh
 * one, and saves when the request comes again with the same id; "gone"
 * closes the stream for good; "full" says that the disk is; "lost" answers
 * that it is not known whether it was saved, the first time; "doubt" does so,
 * breaks the stream and sends a fresh one, on which it is saved.
 *
 * A draft that holds "[vol]" is refused as a full disk would. Of the page
 * themas/digitale-toegang there is a draft from the start when the role is
 * "redacteur", on the version before the one it has then; and what others
 * changed since the last visit is news, two pages.
 *
 * The page themas/common-ground has fourteen versions when the role is
 * "beheerder", as in tests/screen/past.
 *
 * Where a lezer is signed in two others are, and one of them begins to write
 * themas/digitale-toegang when it is shown.
 *
 * A colleague saves vraagstukken/digitale-soevereiniteit each time somebody
 * reads it, and two colleagues besluiten/2021-02-12-resolutie each time
 * somebody begins to edit it.
 */
#ifndef PLEIN_TEST_FAKE_WIKI_H
#define PLEIN_TEST_FAKE_WIKI_H

#include <jansson.h>
#include <sys/types.h>

#include "fake_mood.h"

struct fake_wiki {
	pid_t pid;
	int control; /* the client's end, as its descriptor 3 */
};

/* `role` is that of the person who is signed in. */
void
fake_wiki_start(struct fake_wiki *w, const char *role);

void
fake_wiki_start_in(struct fake_wiki *w, const char *role, enum fake_mood mood);

/* The page of fourteen versions has them for this role, too. */
void
fake_wiki_start_old(struct fake_wiki *w, const char *role);

/*
 * With the starter content (repo-template/), over it what stands in
 * tests/screen/mockups/wiki, and answers that are told: an array, see
 * fake_told.c. `told` is borrowed until the wiki runs.
 */
void
fake_wiki_start_told(struct fake_wiki *w, const char *role, const json_t *told);

/* After the client closed `control`; fails the test when it ended badly. */
void
fake_wiki_stop(struct fake_wiki *w);

/* Dutch, in UTC, with the catalogue of this variant; for cmocka. */
int
fake_wiki_speak_dutch(void **state);

#endif
