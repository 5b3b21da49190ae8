/*
 * Bounds first, then the sandbox that all our boxed processes share. Logging
 * still writes to stderr, which is open.
 */
#include "ssh/box.h"

#include <errno.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>

#include "plein/sandbox.h"
#include "ssh/heap.h"

#ifdef __SANITIZE_ADDRESS__
#define MEMORY_MAX RLIM_INFINITY /* its shadow memory counts as data */
#else
#define MEMORY_MAX (128UL * 1024 * 1024)
#endif

static int
bound_resources(struct err *err)
{
	static const struct rlimit none = { 0, 0 };
	static const struct rlimit memory = { MEMORY_MAX, MEMORY_MAX };

	/* The host key is in memory: no core, no debugger. */
	if (setrlimit(RLIMIT_CORE, &none) != 0 ||
	    prctl(PR_SET_DUMPABLE, 0) != 0)
		return err_set_errno(err, errno, "setrlimit");
	if (setrlimit(RLIMIT_DATA, &memory) != 0)
		return err_set_errno(err, errno, "setrlimit");
	heap_be_strict();
	return 0;
}

int
box_close(struct err *err)
{
	int rc;

	tzset(); /* log records carry local time; its file is out of reach */
	rc = bound_resources(err);
	return rc == 0 ? sandbox_close(SANDBOX_CONNECTION, err) : rc;
}
