# The findings as GoogleTest cases (findings_test.cpp). Each target is compiled once more, with the engine's names replaced by its own.
qmforge_test(fuzz_findings_test SOURCES findings_test.cpp LIBRARIES qmforge_oracles)
foreach(name IN LISTS product_targets ITEMS canary)
  set(target ${name}_fuzzer)
  get_target_property(sources ${target} SOURCES)
  list(FILTER sources INCLUDE REGEX "^targets/")
  add_library(${target}_in_test OBJECT ${sources})
  target_compile_definitions(${target}_in_test PRIVATE
    $<TARGET_PROPERTY:${target},COMPILE_DEFINITIONS> LLVMFuzzerTestOneInput=${target} LLVMFuzzerCustomMutator=${target}_mutator
    LLVMFuzzerCustomCrossOver=${target}_crossover)
  target_include_directories(${target}_in_test PRIVATE $<TARGET_PROPERTY:${target},INCLUDE_DIRECTORIES>)
  target_link_libraries(${target}_in_test PRIVATE
    qmforge_oracles qmforge_warnings fmt::fmt-header-only nlohmann_json::nlohmann_json)
  target_link_libraries(fuzz_findings_test PRIVATE ${target}_in_test)
endforeach()

# The program's readers, which several targets share, and the fake.
list(REMOVE_DUPLICATES readers)
target_sources(fuzz_findings_test PRIVATE ${readers})
target_include_directories(fuzz_findings_test PRIVATE ${PROJECT_SOURCE_DIR}/tools ${PROJECT_SOURCE_DIR}/tools/sets)
target_link_libraries(fuzz_findings_test PRIVATE qmforge::fwpuclnt_static fmt::fmt-header-only nlohmann_json::nlohmann_json)
