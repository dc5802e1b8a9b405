#include "ui/recording.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <SDL.h>
#define OV_EXCLUDE_STATIC_CALLBACKS
#include <vorbis/vorbisfile.h>

#include "base/error.h"
#include "base/file.h"
#include "base/library.h"
#include "base/log.h"
#include "base/memory.h"

#include "base/banned.h"

#define PART 4096 // bytes decoded at once

struct vorbis {
    void *library;
    int (*open)(const char *path, OggVorbis_File *file);
    vorbis_info *(*info)(OggVorbis_File *file, int link);
    long (*read)(OggVorbis_File *file, char *bytes, int length, int big_endian, int word, int is_signed,
                 int *section);
    int (*clear)(OggVorbis_File *file);
};

static bool vorbis_load(struct vorbis *vorbis)
{
    const struct library_function functions[] = {
        {"ov_fopen", &vorbis->open},
        {"ov_info", &vorbis->info},
        {"ov_read", &vorbis->read},
        {"ov_clear", &vorbis->clear},
    };
    struct error error = ERROR_NONE;
    if (library_open(&vorbis->library, "libvorbisfile.so.3", "libvorbisfile3", functions,
                     sizeof functions / sizeof functions[0], &error) == 0)
        return true;
    log_info("no Ogg recordings: %s", error.text);
    return false;
}

// Whatever form the file has, the stream gives mono samples at the wanted rate.
static SDL_AudioStream *stream_wav(const char *path, int rate)
{
    SDL_AudioSpec spec;
    Uint8 *bytes = NULL;
    Uint32 size = 0;
    if (!SDL_LoadWAV(path, &spec, &bytes, &size))
        return NULL;
    Uint32 most = (Uint32)spec.freq * spec.channels * (SDL_AUDIO_BITSIZE(spec.format) / 8U) *
                  (Uint32)RECORDING_SECONDS_MAX;
    SDL_AudioStream *stream =
        SDL_NewAudioStream(spec.format, spec.channels, spec.freq, AUDIO_S16SYS, 1, rate);
    if (stream && SDL_AudioStreamPut(stream, bytes, (int)(size < most ? size : most)) != 0) {
        SDL_FreeAudioStream(stream);
        stream = NULL;
    }
    SDL_FreeWAV(bytes);
    return stream;
}

static bool vorbis_pour(const struct vorbis *vorbis, OggVorbis_File *file, SDL_AudioStream *stream,
                        size_t most)
{
    char part[PART];
    int section = 0;
    long got = 0;
    for (size_t sum = 0; sum < most; sum += (size_t)got) {
        got = vorbis->read(file, part, sizeof part, SDL_BYTEORDER == SDL_BIG_ENDIAN, 2, 1, &section);
        if (got == OV_HOLE) { // a damaged page: go on after it
            got = 0;
            continue;
        }
        if (got <= 0)
            return got == 0;
        if (SDL_AudioStreamPut(stream, part, (int)got) != 0)
            return false;
    }
    return true;
}

static SDL_AudioStream *stream_vorbis(const char *path, int rate)
{
    struct vorbis vorbis = {0};
    OggVorbis_File file;
    SDL_AudioStream *stream = NULL;
    if (vorbis_load(&vorbis) && vorbis.open(path, &file) == 0) {
        const vorbis_info *info = vorbis.info(&file, -1);
        if (info && info->channels > 0 && info->channels <= 8 && info->rate > 0 && info->rate <= 192000) {
            stream = SDL_NewAudioStream(AUDIO_S16SYS, (Uint8)info->channels, (int)info->rate, AUDIO_S16SYS, 1,
                                        rate);
            size_t most = (size_t)info->rate * (size_t)info->channels * 2 * RECORDING_SECONDS_MAX;
            if (stream && !vorbis_pour(&vorbis, &file, stream, most)) {
                SDL_FreeAudioStream(stream);
                stream = NULL;
            }
        }
        vorbis.clear(&file);
    }
    library_close(vorbis.library);
    return stream;
}

static short *drain(SDL_AudioStream *stream, size_t *count)
{
    (void)SDL_AudioStreamFlush(stream);
    int size = SDL_AudioStreamAvailable(stream);
    if (size < (int)sizeof(short))
        return NULL;
    short *samples = memory_new((size_t)size / sizeof *samples, sizeof *samples);
    int got = SDL_AudioStreamGet(stream, samples, size - size % (int)sizeof *samples);
    *count = got > 0 ? (size_t)got / sizeof *samples : 0;
    return samples;
}

short *recording_read(const char *key, int rate, size_t *count)
{
    static const struct {
        const char *ending;
        SDL_AudioStream *(*open)(const char *path, int rate);
    } forms[] = {{"wav", stream_wav}, {"ogg", stream_vorbis}};
    short *samples = NULL;
    *count = 0;
    if (!*key || strchr(key, '/'))
        return NULL;
    for (size_t i = 0; !samples && i < sizeof forms / sizeof forms[0]; i++) {
        char name[96];
        (void)text_print(name, sizeof name, "assets/voice/%s.%s", key, forms[i].ending);
        char *path = file_share(name);
        bool there = file_exists(path);
        SDL_AudioStream *stream = there ? forms[i].open(path, rate) : NULL;
        if (stream)
            samples = drain(stream, count);
        SDL_FreeAudioStream(stream);
        free(path);
        if (there && !samples)
            log_warning("the recording \"%s\" cannot be read", name);
    }
    return samples;
}
