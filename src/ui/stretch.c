#include "ui/stretch.h"

#include <limits.h>
#include <sonic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/library.h"
#include "base/log.h"
#include "base/memory.h"

#include "base/banned.h"

static struct sonic {
    __typeof__(&sonicCreateStream) create;
    __typeof__(&sonicDestroyStream) destroy;
    __typeof__(&sonicSetSpeed) set_speed;
    __typeof__(&sonicWriteShortToStream) put;
    __typeof__(&sonicFlushStream) flush;
    __typeof__(&sonicSamplesAvailable) available;
    __typeof__(&sonicReadShortFromStream) take;
} sonic;

static bool load(void)
{
    static bool tried, ready;
    const struct library_function functions[] = {
        {"sonicCreateStream", &sonic.create},      {"sonicDestroyStream", &sonic.destroy},
        {"sonicSetSpeed", &sonic.set_speed},       {"sonicWriteShortToStream", &sonic.put},
        {"sonicFlushStream", &sonic.flush},        {"sonicSamplesAvailable", &sonic.available},
        {"sonicReadShortFromStream", &sonic.take},
    };
    void *library = NULL; // kept for good
    struct error error = ERROR_NONE;
    if (!tried) {
        ready = library_open(&library, "libsonic.so.0", "libsonic0", functions,
                             sizeof functions / sizeof functions[0], &error) == 0;
        if (!ready)
            log_info("recordings keep their own speed: %s", error.text);
    }
    tried = true;
    return ready;
}

// What the stream gives for these samples; NULL when it could not.
static short *pass(sonicStream stream, const short *samples, size_t count, size_t *out_count)
{
    if (!sonic.put(stream, (short *)samples, (int)count) || !sonic.flush(stream))
        return NULL;
    int most = sonic.available(stream);
    if (most <= 0)
        return NULL;
    short *out = memory_new((size_t)most, sizeof *out);
    *out_count = (size_t)sonic.take(stream, out, most);
    return out;
}

void stretch_samples(short **samples, size_t *count, int rate, int percent)
{
    if (percent == 100 || percent < STRETCH_LEAST || percent > STRETCH_MOST || *count == 0 ||
        *count > INT_MAX / 4 || !load())
        return;
    sonicStream stream = sonic.create(rate, 1);
    if (!stream)
        return;
    sonic.set_speed(stream, (float)percent / 100);
    size_t out_count = 0;
    short *out = pass(stream, *samples, *count, &out_count);
    sonic.destroy(stream);
    if (!out)
        return;
    free(*samples);
    *samples = out;
    *count = out_count;
}
