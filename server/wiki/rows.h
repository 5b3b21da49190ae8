/*
 * rows.h - the method table itself; read it through wiki/method.h. It is a
 * list of groups, one for each area of the wiki; an area keeps its rows
 * beside its handlers.
 */
#ifndef PLEIN_WIKI_ROWS_H
#define PLEIN_WIKI_ROWS_H

#include <limits.h>
#include <stddef.h>

#include "plein/path.h"
#include "wiki/method.h"

#define TITLE_MAX 200 /* bytes of a title given when a page is made */
#define REQUEST_MAX 64 /* hexadecimal digits */
#define PUBLIC_KEY_MAX ((size_t)8192) /* bytes of a public key */
#define ADDRESS_MAX ((size_t)PATH_MAX_LEN)
#define COUNT_MAX ((size_t)INT_MAX)

#define TIME_MAX ((size_t)253402300799) /* the last second of 9999 */
#define ROWS_MAX 500 /* rows of one answer, where there may be a next */

/* Of lists of people: what is told, of whom. */
#define PARAMS_PEOPLE \
	{ "after", PARAM_TEXT, false, 64, "the next of before" }, \
		{ "limit", PARAM_NUMBER, false, COUNT_MAX, \
		  "at most 500, the default" }, \
		{ "words", PARAM_TEXT, false, 256, \
		  "only with these letters in handle, name or organisation" }, \
	{ \
		"unseen", PARAM_NUMBER, false, TIME_MAX, \
			"only who was not in this space since, in seconds " \
			"since 1970" \
	}

/* A parameter of what can be asked as of a moment. */
#define PARAM_AT \
	{ \
		"at", PARAM_NUMBER, false, TIME_MAX, \
			"the wiki as of then, in seconds since 1970" \
	}

/* What save, undo and revert answer. */
#define JOINING_ANSWER \
	"{address, version, commit, joined, with: [{version, handle, name}], " \
	"moved}: joined when versions that were saved since are in it too, " \
	"with names the last 50 of them; moved when the page is at another " \
	"address by now. On conflict nothing is written, args {base, " \
	"base_commit, version, commit, address, handle, name, gone, regions: " \
	"[{base: [first, count], yours, saved}]}: the newest version and who " \
	"made it; gone when the page was deleted there; the places where " \
	"both " \
	"changed, as lines of the base, of your text and of the newest " \
	"version, counted from 1; base is null when it is unknown. A version " \
	"is 0, and commit tells which, while the index is being made and " \
	"main is too long to be counted meanwhile"

/* Ends a list of parameters. */
#define PARAMS_END \
	{ \
		NULL, PARAM_FLAG, false, 0, NULL \
	}

/* Ends a group of rows. */
#define ROWS_END \
	{ \
		.name = NULL \
	}

/* The groups; each area has its file. */
extern const struct method keeping_rows[];

/* NULL-terminated; each group ends with ROWS_END. */
extern const struct method *const method_groups[];

#endif
