// Measures from outside what a finger sees: presses a button of the X server (XTEST) and waits for the damage
// that the program's new pixels make (XDAMAGE on the root window). The same probe for every program.
//   touch_probe press X Y COUNT        one line a touch: microseconds from press to the first changed pixels
//   touch_probe screen X Y QUIET_MS    press and release; microseconds to the last change before QUIET_MS of
//   quiet
//   touch_probe at-once X Y QUIET_MS   the same, without waiting for quiet before it
// Needs DISPLAY; prints nothing for a touch that changed nothing within two seconds.
#include <X11/Xlib.h>
#include <X11/extensions/XTest.h>
#include <X11/extensions/Xdamage.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

// Waits for damage; the time it came, or 0 after limit_ms.
static double wait_damage(Display *display, Damage damage, int limit_ms)
{
    double end = now_us() + limit_ms * 1e3, seen = 0;
    while (seen == 0 && now_us() < end) {
        if (!XPending(display)) {
            struct pollfd fd = {ConnectionNumber(display), POLLIN, 0};
            poll(&fd, 1, (int)((end - now_us()) / 1e3) + 1);
            if (!XPending(display))
                continue;
        }
        XEvent event;
        XNextEvent(display, &event);
        seen = now_us();
    }
    XDamageSubtract(display, damage, None, None);
    XFlush(display);
    return seen;
}

static void settle(Display *display, Damage damage, int quiet_ms)
{
    while (wait_damage(display, damage, quiet_ms) != 0)
        ;
}

static void press(Display *display, Damage damage, int count)
{
    for (int i = 0; i < count; i++) {
        settle(display, damage, 60);
        double start = now_us();
        XTestFakeButtonEvent(display, 1, True, CurrentTime);
        XFlush(display);
        double seen = wait_damage(display, damage, 2000);
        if (seen != 0)
            printf("%.0f\n", seen - start);
        settle(display, damage, 60);
        // let go outside every button, so that nothing is chosen
        XTestFakeMotionEvent(display, -1, 1, 1, CurrentTime);
        XTestFakeButtonEvent(display, 1, False, CurrentTime);
        XFlush(display);
        settle(display, damage, 60);
        usleep(20000);
    }
}

static void whole_screen(Display *display, Damage damage, int quiet_ms, int before_ms)
{
    settle(display, damage, before_ms / 3);
    XTestFakeButtonEvent(display, 1, True, CurrentTime);
    XFlush(display);
    settle(display, damage, before_ms);
    double start = now_us(), last = 0, seen;
    XTestFakeButtonEvent(display, 1, False, CurrentTime);
    XFlush(display);
    while ((seen = wait_damage(display, damage, quiet_ms)) != 0)
        last = seen;
    if (last != 0)
        printf("%.0f\n", last - start);
}

int main(int argc, char **argv)
{
    if (argc != 5)
        return 2;
    Display *display = XOpenDisplay(NULL);
    int event_base, error_base;
    if (!display || !XDamageQueryExtension(display, &event_base, &error_base))
        return 1;
    int x = (int)strtol(argv[2], NULL, 10), y = (int)strtol(argv[3], NULL, 10);
    int number = (int)strtol(argv[4], NULL, 10);
    Damage damage = XDamageCreate(display, DefaultRootWindow(display), XDamageReportRawRectangles);
    XTestFakeMotionEvent(display, -1, x, y, CurrentTime);
    XSync(display, False);
    if (strcmp(argv[1], "press") == 0) {
        for (int i = 0; i < number; i++) {
            XTestFakeMotionEvent(display, -1, x, y, CurrentTime);
            XSync(display, False);
            press(display, damage, 1);
        }
    } else {
        whole_screen(display, damage, number, strcmp(argv[1], "at-once") == 0 ? 15 : 150);
    }
    XCloseDisplay(display);
    return 0;
}
