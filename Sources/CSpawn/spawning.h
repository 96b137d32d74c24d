// Functions of glibc for starting programs that its headers show only when asked for extensions.
#include <spawn.h>

extern int posix_spawn_file_actions_addchdir_np(
    posix_spawn_file_actions_t *actions, const char *path);
extern int pipe2(int ends[2], int flags);
