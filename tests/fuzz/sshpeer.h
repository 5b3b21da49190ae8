/*
 * sshpeer.h - the client's side of a connection, for a fuzz target: it
 * exchanges keys as an honest client does (RFC 4253, RFC 8731), and then
 * sends any payloads, encrypted and numbered as they must be. What the
 * server says afterwards is not read.
 */
#ifndef FUZZ_SSHPEER_H
#define FUZZ_SSHPEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plein/buf.h"

struct sshpeer {
	struct buf out; /* to be sent; the caller takes away what went */
	struct buf in; /* came and is not understood yet */
	struct buf server_banner, server_init, own_init;
	int stage;
	uint8_t secret[32], key[32], iv[12];
	bool ready; /* keys are exchanged: packets may be sent */
	bool failed; /* the server is none that we know */
};

/* Nothing was said yet; what is to be said first is in `out`. */
void
sshpeer_begin(struct sshpeer *p);

/* Bytes of the server. */
void
sshpeer_hear(struct sshpeer *p, const void *data, size_t len);

/* One packet with this payload, into `out`; only when `ready`. */
void
sshpeer_send(struct sshpeer *p, const void *payload, size_t len);

void
sshpeer_release(struct sshpeer *p);

#endif
