// For what is run for almost every message.
#pragma once

#define QMFORGE_HOT [[gnu::always_inline]] inline
