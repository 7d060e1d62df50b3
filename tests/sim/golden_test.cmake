# golden_test: the bytes of each seed, in this build. A Windows build runs it with Wine, where there is one.
add_executable(golden_test ${PROJECT_SOURCE_DIR}/tests/sim/golden_test.cpp)
target_link_libraries(golden_test PRIVATE qmforge::sim qmforge_warnings)
set(golden_command golden_test)
if(WIN32)
  find_program(QMFORGE_WINE wine)
  set(golden_command ${QMFORGE_WINE} $<TARGET_FILE:golden_test>)
endif()
if(NOT WIN32 OR QMFORGE_WINE)
  add_test(NAME ${QMFORGE_TEST_PREFIX}golden_test
    COMMAND ${golden_command} ${PROJECT_SOURCE_DIR}/tests/data/golden-digests.txt)
endif()
