# The fake's tests that are programs by themselves, in every build: on Linux, and for Windows in 64 and in 32 bits.

# The fake delivers the events that it was fed.
add_executable(wfp_delivered ${CMAKE_CURRENT_LIST_DIR}/delivered.cpp)
target_link_libraries(wfp_delivered PRIVATE qmforge::decode qmforge_warnings)
if(WIN32)
  # The fake's controls are not among what its DLL exports, so this program has the fake in it.
  target_sources(wfp_delivered PRIVATE $<TARGET_OBJECTS:qmforge_wfp_objects>)
  target_link_libraries(wfp_delivered PRIVATE qmforge::sim)
  target_compile_definitions(wfp_delivered PRIVATE _WIN32_WINNT=0x0A00)
else()
  target_link_libraries(wfp_delivered PRIVATE qmforge::fwpuclnt_static)
endif()
qmforge_program_test(wfp_delivered)

# The sample loggers. Under AddressSanitizer the wrong one does not get far.
if(QMFORGE_EXAMPLES)
  foreach(sample logger logger_wrong)
    set(checked OFF)
    if(sample STREQUAL logger_wrong AND QMFORGE_SANITIZERS MATCHES address)
      set(checked ON)
    endif()
    set(name ${QMFORGE_TEST_PREFIX}wfp_${sample})
    add_test(NAME ${name}
      COMMAND ${CMAKE_COMMAND} "-DLAUNCHER=${QMFORGE_WINE}" -DPROGRAM=$<TARGET_FILE:qm_${sample}>
              -DCHECKED_READS=${checked}
              -DSCENARIO=${PROJECT_SOURCE_DIR}/examples/wfp/logger.scenario
              -DEXPECTED=${PROJECT_SOURCE_DIR}/examples/wfp/${sample}.expected
              -DWORK=${CMAKE_CURRENT_BINARY_DIR}/${sample} -P ${CMAKE_CURRENT_LIST_DIR}/run_sample.cmake)
    if(WIN32)
      qmforge_wine_properties(${name})
    endif()
  endforeach()
endif()
