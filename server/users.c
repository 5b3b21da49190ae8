/* users.c - choosing is pure; finding out and becoming are not. */
#include "users.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

int
users_choose(struct users *out, struct user self, struct user owner,
	     const struct user *login, struct err *err)
{
	static const struct user nobody = { USERS_NOBODY, USERS_NOBODY };

	out->switches = self.uid == 0;
	out->root_owned = owner.uid == 0;
	out->owner = self;
	out->login = self;
	if (!out->switches && owner.uid != self.uid)
		return err_set(err, PLEIN_EDENIED,
			       "the data folder belongs to user %ld; start "
			       "as that user or as root",
			       (long)owner.uid);
	if (!out->switches)
		return 0;
	out->owner = owner;
	out->login = login && login->uid != 0 ? *login : nobody;
	return 0;
}

int
users_find(struct users *out, int data, struct err *err)
{
	struct user self = { geteuid(), getegid() }, owner, login;
	const struct passwd *pw;
	struct stat st;

	if (fstat(data, &st) < 0)
		return err_set_errno(err, errno, "data folder");
	owner.uid = st.st_uid;
	owner.gid = st.st_gid;
	pw = self.uid == 0 ? getpwnam(USERS_LOGIN) : NULL;
	if (pw) {
		login.uid = pw->pw_uid;
		login.gid = pw->pw_gid;
	}
	return users_choose(out, self, owner, pw ? &login : NULL, err);
}

int
users_become(const struct user *u, struct err *err)
{
	if (setgroups(0, NULL) < 0 || setresgid(u->gid, u->gid, u->gid) < 0 ||
	    setresuid(u->uid, u->uid, u->uid) < 0)
		return err_set_errno(err, errno, "become user %ld",
				     (long)u->uid);
	if (u->uid != 0 && setuid(0) == 0)
		return err_set(err, PLEIN_EIO, "still root after setuid");
	return 0;
}
