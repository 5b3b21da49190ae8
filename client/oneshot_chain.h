/*
 * oneshot_chain.h - what the commands about questions, decisions, actions,
 * meetings and progress share: FIELD=VALUE words, days, rows as JSON, and
 * writing.
 */
#ifndef PLEIN_ONESHOT_CHAIN_H
#define PLEIN_ONESHOT_CHAIN_H

#include "oneshot_do.h"

/* A field that may be named, in both languages, and the parameter it is. */
struct chain_field {
	const char *nl, *en; /* NULL: behind the last */
	const char *param;
};

/*
 * Take the FIELD=VALUE words off the end of the arguments into the parameters;
 * a word without `=` goes on with the value before it. Words that name no such
 * field are told about: an exit code.
 */
int
chain_fields(struct oneshot *o, const struct chain_field *fields,
	     json_t *params);

/* The last argument, taken off, or NULL; free() it. */
char *
chain_last(struct oneshot *o);

/* {at} or {address, at} of PAGE[@DATE]; a version is refused. */
int
chain_page(struct oneshot *o, json_t **params);

/* The page of now, into the parameters as `address`. */
int
chain_page_of_now(struct oneshot *o, json_t *params);

/* --until as the parameter `on`. */
int
chain_day(struct oneshot *o, json_t *params);

/* The row as an object a line; `address` is called `path`. */
void
chain_json(struct oneshot *o, const json_t *row);

/* With note and request; prints `key` of the answer, if that is not NULL, and
 * the version. */
int
chain_write(struct oneshot *o, const char *method, const char *key,
	    json_t *params_take);

/* The same with standard input as the parameter `text`, without the newline
 * at its end. Empty is left out when it is not `needed`. */
int
chain_write_text(struct oneshot *o, const char *method, const char *key,
		 bool needed, json_t *params_take);

/* Set a member; NULL is nothing. */
void
chain_member(json_t *params, const char *key, const char *value);

#endif
