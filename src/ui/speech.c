#include "ui/speech.h"

#include <SDL.h>
#include <espeak-ng/speak_lib.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/library.h"
#include "base/log.h"
#include "base/memory.h"
#include "ui/recording.h"
#include "ui/stretch.h"

#include "base/banned.h"

#define QUEUE_MAX 64 // more than any screen has to say
#define LANGUAGES_MAX 160
#define LANGUAGE_SIZE 12
#define TEXT_SIZE 1024
#define LINGER_MS 1500 // the sound card is given back after this much silence
#define POLL_MS 40     // while sound is playing

// Measured with the Dutch voice: so many words a minute are really said (60, 90, 120, 180, 240). Its own rate
// does not go under 80: what is missing then is air between the words.
static const struct {
    int rate, gap; // gap in 10 ms
} paces[SPEECH_STEPS] = {{80, 9}, {90, 0}, {120, 0}, {180, 1}, {240, 2}};

static const int percents[SPEECH_STEPS] = {50, 75, 100, 150,
                                           200}; // of speed and volume; espeak takes a volume of 0 to 200
static const char *const logged_languages[] = {"nl", "ar", "bg", "bn", "en", "es", "fa", "fr",
                                               "hi", "it", "ne", "pa", "pl", "ps", "pt", "ro",
                                               "ru", "sq", "sw", "tr", "uk", "ur", "zh"};

struct saying {
    char key[64], language[LANGUAGE_SIZE];
    char text[TEXT_SIZE];
};

// libespeak-ng, loaded when it is there.
struct espeak {
    void *library;
    int (*initialize)(espeak_AUDIO_OUTPUT output, int length, const char *path, int options);
    void (*set_callback)(t_espeak_callback *callback);
    espeak_ERROR (*set_voice)(const char *name);
    espeak_ERROR (*set_parameter)(espeak_PARAMETER parameter, int value, int relative);
    espeak_ERROR (*synth)(const void *text, size_t size, unsigned position, espeak_POSITION_TYPE type,
                          unsigned end, unsigned flags, unsigned *identifier, void *data);
    const espeak_VOICE **(*list_voices)(espeak_VOICE *spec);
    espeak_ERROR (*terminate)(void);
    int rate;
};

struct speech {
    // immutable after speech_new
    FILE *log;
    int pace_s; // of the log: a saying takes so long, unless it is interrupted
    bool threaded;
    pthread_t thread;
    // protected by lock
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct saying queue[QUEUE_MAX];
    unsigned count;
    int speed, volume;
    bool ending;
    void (*ready)(void *context);
    void *context;
    char languages[LANGUAGES_MAX][LANGUAGE_SIZE];
    unsigned language_count;
    // any thread
    atomic_bool available;
    atomic_uint turn; // grows with each interruption: what was begun before is over
    // worker only
    struct espeak espeak;
    SDL_AudioDeviceID device;
    unsigned speaking_turn;
    int logged_speed, logged_volume;
};

// ---- the worker
static bool load_espeak(struct espeak *espeak)
{
    const struct library_function functions[] = {
        {"espeak_Initialize", &espeak->initialize},
        {"espeak_SetSynthCallback", &espeak->set_callback},
        {"espeak_SetVoiceByName", &espeak->set_voice},
        {"espeak_SetParameter", &espeak->set_parameter},
        {"espeak_Synth", &espeak->synth},
        {"espeak_ListVoices", &espeak->list_voices},
        {"espeak_Terminate", &espeak->terminate},
    };
    struct error error = ERROR_NONE;
    if (library_open(&espeak->library, "libespeak-ng.so.1", "libespeak-ng1", functions,
                     sizeof functions / sizeof functions[0], &error) != 0) {
        log_info("no voice: %s", error.text);
        return false;
    }
    espeak->rate = espeak->initialize(AUDIO_OUTPUT_SYNCHRONOUS, 100, NULL, espeakINITIALIZE_DONT_EXIT);
    return espeak->rate > 0;
}

static void list_languages(struct speech *speech)
{
    const espeak_VOICE **voices = speech->espeak.list_voices(NULL);
    pthread_mutex_lock(&speech->lock);
    for (unsigned i = 0; voices && voices[i] && speech->language_count < LANGUAGES_MAX; i++) {
        const char *language = voices[i]->languages; // a priority byte, then the code
        if (language && *language)
            (void)text_copy(speech->languages[speech->language_count++], LANGUAGE_SIZE, language + 1);
    }
    pthread_mutex_unlock(&speech->lock);
}

static bool interrupted(struct speech *speech)
{
    return atomic_load(&speech->turn) != speech->speaking_turn;
}

static bool open_device(struct speech *speech)
{
    if (speech->device)
        return true;
    SDL_AudioSpec wanted;
    memset(&wanted, 0, sizeof wanted);
    wanted.freq = speech->espeak.rate > 0 ? speech->espeak.rate : 22050;
    wanted.format = AUDIO_S16SYS;
    wanted.channels = 1;
    wanted.samples = 1024;
    speech->device = SDL_OpenAudioDevice(NULL, 0, &wanted, NULL, 0);
    if (speech->device)
        SDL_PauseAudioDevice(speech->device, 0);
    return speech->device != 0;
}

static void close_device(struct speech *speech)
{
    if (speech->device)
        SDL_CloseAudioDevice(speech->device); // an open one wakes the processor
    speech->device = 0;
}

// One worker speaks in a program; espeak's callback knows no context outside of events.
static struct speech *speaking;

static int take_samples(short *samples, int count, espeak_EVENT *events)
{
    (void)events;
    if (!speaking || interrupted(speaking))
        return 1;
    if (samples && count > 0 && speaking->device)
        SDL_QueueAudio(speaking->device, samples, (Uint32)count * (Uint32)sizeof *samples);
    return 0;
}

static bool play_recording(struct speech *speech, const char *key, int speed, int volume)
{
    size_t count = 0;
    int rate = speech->espeak.rate > 0 ? speech->espeak.rate : 22050;
    short *samples = recording_read(key, rate, &count);
    stretch_samples(&samples, &count, rate, percents[speed]);
    for (size_t i = 0; i < count; i++) {
        int loud = samples[i] * percents[volume] / 100;
        samples[i] = (short)(loud > SHRT_MAX ? SHRT_MAX : loud < SHRT_MIN ? SHRT_MIN : loud);
    }
    if (samples && !interrupted(speech))
        SDL_QueueAudio(speech->device, samples, (Uint32)(count * sizeof *samples));
    free(samples);
    return count > 0;
}

static void synthesise(struct speech *speech, const struct saying *saying, int speed, int volume)
{
    const struct espeak *espeak = &speech->espeak;
    if (espeak->rate <= 0)
        return;
    const char *voice = strcmp(saying->language, "en") == 0 ? "en-gb" : saying->language;
    if (espeak->set_voice(voice) != EE_OK && espeak->set_voice("nl") != EE_OK)
        return;
    espeak->set_parameter(espeakRATE, paces[speed].rate, 0);
    espeak->set_parameter(espeakWORDGAP, paces[speed].gap, 0);
    espeak->set_parameter(espeakVOLUME, percents[volume], 0);
    espeak->synth(saying->text, strlen(saying->text) + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL, NULL);
}

// What leaves the queue is what is said: the log takes the voice's place.
static void write_log(struct speech *speech, const struct saying *saying, int speed, int volume)
{
    if (speed != speech->logged_speed || volume != speech->logged_volume)
        (void)fprintf(speech->log, "#\tspeed %d, volume %d\n", speed, volume);
    speech->logged_speed = speed;
    speech->logged_volume = volume;
    (void)fprintf(speech->log, "%s\t%s\n", saying->language, saying->text);
    (void)fflush(speech->log);
}

// A saying in the log lasts as the voice's would.
static void outlast(struct speech *speech)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += speech->pace_s;
    pthread_mutex_lock(&speech->lock);
    while (!speech->ending && !interrupted(speech))
        if (pthread_cond_timedwait(&speech->wake, &speech->lock, &until) != 0)
            break;
    if (interrupted(speech))
        (void)fputs("#\tinterrupted\n", speech->log);
    pthread_mutex_unlock(&speech->lock);
    (void)fflush(speech->log);
}

static void speak(struct speech *speech, const struct saying *saying, int speed, int volume)
{
    if (speech->log) {
        write_log(speech, saying, speed, volume);
        outlast(speech);
        return;
    }
    if (!open_device(speech))
        return;
    if (!play_recording(speech, saying->key, speed, volume))
        synthesise(speech, saying, speed, volume);
}

static void start_worker(struct speech *speech)
{
    bool sound = SDL_InitSubSystem(SDL_INIT_AUDIO) == 0 && SDL_GetNumAudioDevices(0) != 0;
    bool voice = sound && load_espeak(&speech->espeak);
    if (!voice) {
        if (!sound) {
            log_info("no voice: there is no sound card");
            return;
        }
        char *folder = file_share("assets/voice");
        voice = file_exists(folder); // the town's own recordings alone
        free(folder);
        if (!voice)
            return;
    } else {
        speech->espeak.set_callback(take_samples);
        list_languages(speech);
    }
    speaking = speech;
    pthread_mutex_lock(&speech->lock);
    atomic_store(&speech->available, true);
    void (*ready)(void *context) = speech->ready;
    void *context = speech->context;
    pthread_mutex_unlock(&speech->lock);
    if (ready)
        ready(context);
}

// Waits for something to say; meanwhile stops sound that was interrupted, and gives the card back.
static bool next_saying(struct speech *speech, struct saying *saying, int *speed, int *volume)
{
    unsigned quiet_ms = 0;
    pthread_mutex_lock(&speech->lock);
    while (!speech->ending && speech->count == 0) {
        if (!speech->device) {
            pthread_cond_wait(&speech->wake, &speech->lock);
            continue;
        }
        if (interrupted(speech)) {
            SDL_ClearQueuedAudio(speech->device);
            speech->speaking_turn = atomic_load(&speech->turn);
        }
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += POLL_MS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        pthread_cond_timedwait(&speech->wake, &speech->lock, &until);
        quiet_ms = SDL_GetQueuedAudioSize(speech->device) > 0 ? 0 : quiet_ms + POLL_MS;
        if (quiet_ms >= LINGER_MS)
            close_device(speech);
    }
    bool some = !speech->ending;
    if (some) {
        *saying = speech->queue[0];
        memmove(&speech->queue[0], &speech->queue[1], (speech->count - 1) * sizeof speech->queue[0]);
        speech->count--;
        memory_wipe(&speech->queue[speech->count], sizeof speech->queue[0]);
        *speed = speech->speed;
        *volume = speech->volume;
        unsigned turn = atomic_load(&speech->turn);
        if (turn != speech->speaking_turn && speech->device)
            SDL_ClearQueuedAudio(speech->device);
        speech->speaking_turn = turn;
    }
    pthread_mutex_unlock(&speech->lock);
    return some;
}

static void *work(void *context)
{
    struct speech *speech = context;
    struct saying saying;
    int speed = SPEECH_STEP_DEFAULT, volume = SPEECH_STEP_DEFAULT;
    if (!speech->log)
        start_worker(speech);
    while (next_saying(speech, &saying, &speed, &volume)) {
        if (atomic_load(&speech->available))
            speak(speech, &saying, speed, volume);
        memory_wipe(&saying, sizeof saying);
    }
    close_device(speech);
    if (speech->espeak.rate > 0)
        speech->espeak.terminate();
    library_close(speech->espeak.library);
    return NULL;
}

// ---- the screen thread
struct speech *speech_new(bool enabled)
{
    struct speech *speech = memory_new(1, sizeof *speech);
    const char *path = getenv("WEGWIJS_SPEECH_LOG");
    pthread_mutex_init(&speech->lock, NULL);
    pthread_cond_init(&speech->wake, NULL);
    speech->speed = speech->volume = SPEECH_STEP_DEFAULT;
    if (!enabled)
        return speech;
    if (path && *path) {
        speech->log = fopen(path, "ae");
        if (!speech->log)
            log_error("cannot write \"%s\"", path);
        const char *pace = getenv("WEGWIJS_SPEECH_PACE");
        speech->pace_s = pace ? (int)strtol(pace, NULL, 10) : 0;
        speech->logged_speed = speech->logged_volume = SPEECH_STEP_DEFAULT;
        atomic_store(&speech->available, speech->log != NULL);
        if (!speech->log || speech->pace_s == 0)
            return speech; // what takes no time is written at once, by whoever says it
    }
    speech->threaded = pthread_create(&speech->thread, NULL, work, speech) == 0;
    return speech;
}

void speech_free(struct speech *speech)
{
    if (!speech)
        return;
    if (speech->threaded) {
        atomic_fetch_add(&speech->turn, 1);
        pthread_mutex_lock(&speech->lock);
        speech->ending = true;
        pthread_cond_broadcast(&speech->wake);
        pthread_mutex_unlock(&speech->lock);
        pthread_join(speech->thread, NULL);
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
    }
    if (speaking == speech)
        speaking = NULL;
    if (speech->log)
        (void)fclose(speech->log);
    pthread_cond_destroy(&speech->wake);
    pthread_mutex_destroy(&speech->lock);
    memory_wipe(speech, sizeof *speech);
    free(speech);
}

void speech_on_ready(struct speech *speech, void (*ready)(void *context), void *context)
{
    pthread_mutex_lock(&speech->lock);
    bool already = atomic_load(&speech->available);
    speech->ready = ready;
    speech->context = context;
    pthread_mutex_unlock(&speech->lock);
    if (already && ready)
        ready(context);
}

bool speech_available(const struct speech *speech)
{
    return atomic_load(&speech->available);
}

bool speech_has_language(const struct speech *speech, const char *language)
{
    struct speech *own = (struct speech *)speech; // the lock is not part of its value
    bool found = false;
    for (size_t i = 0; speech->log && i < sizeof logged_languages / sizeof logged_languages[0]; i++)
        found = found || strcmp(logged_languages[i], language) == 0;
    pthread_mutex_lock(&own->lock);
    for (unsigned i = 0; i < speech->language_count && !found; i++) {
        size_t length = strlen(language);
        const char *known = speech->languages[i];
        found = strncmp(known, language, length) == 0 && (known[length] == '\0' || known[length] == '-');
    }
    pthread_mutex_unlock(&own->lock);
    return found;
}

static void add(struct speech *speech, const char *key, const char *text, const char *language,
                bool interrupt)
{
    const char *spoken = language && *language ? language : "nl";
    if (!atomic_load(&speech->available) || !text)
        return;
    pthread_mutex_lock(&speech->lock);
    if (interrupt) {
        memory_wipe(speech->queue, sizeof speech->queue);
        speech->count = 0;
        atomic_fetch_add(&speech->turn, 1);
    }
    if (*text && speech->count < QUEUE_MAX) {
        struct saying *saying = &speech->queue[speech->count];
        (void)text_copy(saying->key, sizeof saying->key, key ? key : "");
        (void)text_copy(saying->text, sizeof saying->text, text);
        (void)text_copy(saying->language, sizeof saying->language, spoken);
        if (speech->threaded)
            speech->count++;
        else {
            write_log(speech, saying, speech->speed, speech->volume);
            memory_wipe(saying, sizeof *saying);
        }
    }
    pthread_cond_signal(&speech->wake);
    pthread_mutex_unlock(&speech->lock);
}

void speech_say(struct speech *speech, const char *key, const char *text, const char *language)
{
    add(speech, key, text, language, true);
}

void speech_add(struct speech *speech, const char *key, const char *text, const char *language)
{
    add(speech, key, text, language, false);
}

void speech_stop(struct speech *speech)
{
    add(speech, NULL, "", NULL, true);
}

static int clamp(int step)
{
    return step < 0 ? 0 : step >= SPEECH_STEPS ? SPEECH_STEPS - 1 : step;
}

void speech_set_speed(struct speech *speech, int step)
{
    pthread_mutex_lock(&speech->lock);
    speech->speed = clamp(step);
    pthread_mutex_unlock(&speech->lock);
}

void speech_set_volume(struct speech *speech, int step)
{
    pthread_mutex_lock(&speech->lock);
    speech->volume = clamp(step);
    pthread_mutex_unlock(&speech->lock);
}

// Only the screen thread writes these, so it may read them without the lock.
int speech_speed(const struct speech *speech)
{
    return speech->speed;
}

int speech_volume(const struct speech *speech)
{
    return speech->volume;
}

void speech_reset(struct speech *speech)
{
    speech_stop(speech);
    speech_set_speed(speech, SPEECH_STEP_DEFAULT);
    speech_set_volume(speech, SPEECH_STEP_DEFAULT);
}

int speech_percent(int step)
{
    return percents[clamp(step)];
}

void speech_pace(int step, int *rate, int *gap)
{
    *rate = paces[clamp(step)].rate;
    *gap = paces[clamp(step)].gap;
}

// ---- the voice alone, measured

static bool sounded;

static int note_sound(short *samples, int count, espeak_EVENT *events)
{
    (void)events;
    sounded = sounded || (samples && count > 0);
    return sounded;
}

int speech_first_sound_ms(const char *text)
{
    struct espeak espeak = {0};
    int took_ms = -1;
    if (load_espeak(&espeak)) {
        espeak.set_callback(note_sound);
        sounded = false;
        Uint64 start = SDL_GetPerformanceCounter();
        if (espeak.set_voice("nl") == EE_OK)
            espeak.synth(text, strlen(text) + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL, NULL);
        Uint64 took = SDL_GetPerformanceCounter() - start;
        if (sounded)
            took_ms = (int)(took * 1000 / SDL_GetPerformanceFrequency());
        espeak.terminate();
    }
    library_close(espeak.library);
    return took_ms;
}
