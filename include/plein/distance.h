/* distance.h - how much two words are alike, to guess which was meant. Pure. */
#ifndef PLEIN_DISTANCE_H
#define PLEIN_DISTANCE_H

/* Bytes that differ, are missing or are too much; at most DISTANCE_FAR, which
 * is also what words of more than 24 bytes are from any other. */
#define DISTANCE_FAR 9

int
distance_of(const char *a, const char *b);

#endif
