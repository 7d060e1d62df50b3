# golden_test: the bytes of each seed, in this build. No GoogleTest in it: it runs in the Windows builds as well.
add_executable(golden_test ${PROJECT_SOURCE_DIR}/tests/sim/golden_test.cpp)
target_include_directories(golden_test PRIVATE ${PROJECT_SOURCE_DIR}/tests)
target_link_libraries(golden_test PRIVATE qmforge::sim qmforge_warnings)
qmforge_program_test(golden_test ${PROJECT_SOURCE_DIR}/tests/data/golden-digests.txt)
