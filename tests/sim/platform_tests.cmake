# What the simulator makes is the same on every platform: the exhaustive walk, and the digests of labelled sets.
qmforge_test(exhaustive_test SOURCES ${CMAKE_CURRENT_LIST_DIR}/exhaustive_test.cpp LIBRARIES qmforge_sets RELEASE PLATFORM)
include(${CMAKE_CURRENT_LIST_DIR}/golden_test.cmake)
