/*
 * texts.h - a catalogue of translations as a file that is mapped: a heading,
 * `n` rows in the order of their hash, and the texts, each with a NUL behind
 * it. What is translated is not in it, so that it is half as long: no two
 * messages have one hash, which po/pack.c sees to. Where a message counts, the
 * text for many stands behind that for one. Numbers are of the machine that
 * built it.
 */
#ifndef PLEIN_TEXTS_H
#define PLEIN_TEXTS_H

#include <stdint.h>

#define TEXTS_MAGIC 0x31747874u

struct texts_heading {
	uint32_t magic, n;
};

struct texts_row {
	uint32_t hash; /* of the message, of that for one where it counts */
	uint32_t at; /* of its translation, from the beginning of the file */
};

/* FNV-1a, of 32 bits. */
static inline uint32_t
texts_hash(const char *s)
{
	uint32_t h = 2166136261u;

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 16777619u;
	return h;
}

#endif
