// Feeds a fuzz target the files of its corpus, without a fuzzer: what once broke it stays a test.
//   <program> FOLDER…       one TAP line a folder's file
#include <dirent.h>

#include "base/file.h"
#include "base/memory.h"
#include "fuzz.h"

#include "base/banned.h"

#define FILE_LIMIT 4194304 // bytes

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int feed(const char *path)
{
    char *bytes = NULL;
    size_t size = 0;
    struct error error = ERROR_NONE;
    if (file_read(path, FILE_LIMIT, &bytes, &size, &error) < 0) {
        printf("not ok - %s\n", error.text);
        return 1;
    }
    printf("# %s\n", path); // named before it can end us
    fflush(stdout);
    LLVMFuzzerTestOneInput((const uint8_t *)bytes, size);
    printf("ok - %s\n", path);
    free(bytes);
    return 0;
}

int main(int count, char **folders)
{
    int failures = 0, fed = 0;
    for (int i = 1; i < count; i++) {
        struct dirent **entries = NULL;
        int found = scandir(folders[i], &entries, is_visible, alphasort);
        for (int k = 0; k < found; k++) {
            char *path = file_join(folders[i], entries[k]->d_name);
            failures += feed(path);
            fed++;
            free(path);
            free(entries[k]);
        }
        free(entries);
    }
    if (fed == 0)
        puts("not ok - no corpus");
    return failures > 0 || fed == 0;
}
