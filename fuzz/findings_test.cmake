# The findings as GoogleTest cases (findings_test.cpp). Each target is compiled once more, with the engine's names replaced by its own.
qmforge_test(fuzz_findings_test SOURCES findings_test.cpp LIBRARIES qmforge_oracles)
foreach(name IN LISTS product_targets ITEMS canary)
  set(target ${name}_fuzzer)
  get_target_property(sources ${target} SOURCES)
  add_library(${target}_in_test OBJECT ${sources})
  target_compile_definitions(${target}_in_test PRIVATE
    $<TARGET_PROPERTY:${target},COMPILE_DEFINITIONS> LLVMFuzzerTestOneInput=${target} LLVMFuzzerCustomMutator=${target}_mutator
    LLVMFuzzerCustomCrossOver=${target}_crossover)
  target_link_libraries(${target}_in_test PRIVATE qmforge_oracles qmforge_warnings)
  target_link_libraries(fuzz_findings_test PRIVATE ${target}_in_test)
endforeach()
target_include_directories(cli_hex_fuzzer_in_test PRIVATE ${PROJECT_SOURCE_DIR}/tools)
target_link_libraries(cli_hex_fuzzer_in_test PRIVATE fmt::fmt-header-only)
