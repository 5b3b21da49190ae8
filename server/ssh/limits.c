/*
 * A signature that does not hold never reaches a callback: libssh 0.10 takes
 * the packet and answers nothing. So packets that no callback saw are
 * counted too ("silent").
 */
#include "ssh/limits.h"

#include <stddef.h>

const struct conn_limits conn_limits_default = {
	.banner_ms = 10 * 1000,
	.auth_ms = 30 * 1000,
	.talk_ms = 120 * 1000,
	.probes = 30,
	.failures = 6,
	.renew_bytes = UINT64_C(1) << 30,
	.renew_s = 3600,
	.login_bytes = 256 * 1024,
	.hangup_ms = 5 * 1000,
};

const char *
limits_broken(const struct conn_limits *limits, const struct meter *m,
	      int signed_in)
{
	if (m->refusals > LIMITS_REFUSALS)
		return "requests";
	if (signed_in)
		return NULL;
	if (m->probes > limits->probes)
		return "probes";
	if (m->failures >= limits->failures)
		return "proofs";
	if (m->others > LIMITS_OTHERS)
		return "methods";
	if (m->unruly)
		return "answers";
	if (m->bytes > (uint64_t)limits->login_bytes)
		return "bytes";
	if (m->packets > m->answered + LIMITS_SILENT)
		return "silent";
	return NULL;
}
