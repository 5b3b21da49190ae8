/*
 * log.h - one JSON record a line on stderr: when, what, who, from where,
 * result. Values are escaped; at most LOG_PER_SECOND records a second, then
 * one record that counts what was dropped. Never secrets.
 */
#ifndef PLEIN_LOG_H
#define PLEIN_LOG_H

#include <stdint.h>

#define LOG_PER_SECOND 200

struct log_field {
	const char *key; /* NULL ends the list */
	const char *text; /* NULL: `number` is the value */
	int64_t number;
};

#define LOG_TEXT(k, v) \
	{ \
		(k), (v), 0 \
	}
#define LOG_NUMBER(k, v) \
	{ \
		(k), 0, (v) \
	}

/* "supervisor", "wiki", "connection"; written as "process". */
void
log_set_process(const char *name);

/* Nothing is written while `on` is 0 (client processes). */
void
log_enable(int on);

void
log_write(const char *event, const struct log_field *fields);

/* log_event("session.open", LOG_TEXT("who", h), LOG_NUMBER("conn", n)); */
#define log_event(event, ...) \
	log_write((event), \
		  (const struct log_field[]){ __VA_ARGS__, { 0, 0, 0 } })

#endif
