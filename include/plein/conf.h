/*
 * conf.h - plein.conf: `key = value` lines, # comments. Keys: naam, domein,
 * tijdzone, taal (nl, en), bijlagen_mb (1 to 16), bijlagen_soorten (last
 * parts of names), luister (address:port, may be repeated).
 */
#ifndef PLEIN_CONF_H
#define PLEIN_CONF_H

#include "plein/buf.h"
#include "plein/err.h"
#include "plein/vec.h"

struct conf {
	char *name; /* naam = Digitale Agenda Gemeenten */
	char *domain; /* domein = agenda.example.nl */
	char *zone; /* tijdzone = Europe/Amsterdam */
	char *language; /* taal = nl */
	char *attachment_mb; /* bijlagen_mb = 10 */
	char *attachment_kinds; /* bijlagen_soorten = png jpg pdf … */
	struct vec listen; /* char *, luister = 127.0.0.1:2222 */
};

/* All fields set to their defaults. */
void
conf_init(struct conf *c);

void
conf_release(struct conf *c);

/* Bytes an attachment may have. */
size_t
conf_attachment_max(const struct conf *c);

/* Parse text into an initialised conf; PLEIN_ERULE names the line. */
int
conf_parse(struct conf *c, const char *text, struct err *err);

/* The file as `init` writes it, appended. */
void
conf_format(const struct conf *c, struct buf *out);

#endif
