# The files that `cmake --install` installs: public headers, libraries, programs, and the CMake package `qmforge`.
if(NOT QMFORGE_INSTALL)
  return()
endif()
include(CMakePackageConfigHelpers)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/qmforge)

# Each file belongs to one of four packages: program, libraries (shared ones), development, fake.
set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME development)

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/qmforge DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE TYPE DOC)
install(FILES ${PROJECT_SOURCE_DIR}/fuzz/dictionaries/message.dict DESTINATION ${CMAKE_INSTALL_DATADIR}/qmforge)
install(PROGRAMS ${PROJECT_SOURCE_DIR}/kits/bench/qmforge_gate.py DESTINATION ${CMAKE_INSTALL_BINDIR} RENAME qmforge-gate)

# qmforge_export(SET TARGET…): installs the targets as the export set. qmforge_NAME becomes qmforge::NAME.
function(qmforge_export set)
  foreach(target IN LISTS ARGN)
    string(REGEX REPLACE ^qmforge_ "" exported ${target})
    set_target_properties(${target} PROPERTIES EXPORT_NAME ${exported})
    install(TARGETS ${target} EXPORT ${set} LIBRARY COMPONENT libraries NAMELINK_COMPONENT development)
  endforeach()
  install(EXPORT ${set} NAMESPACE qmforge:: FILE ${set}-targets.cmake DESTINATION ${package_folder})
endfunction()

# These need only the standard library: every find_package(qmforge) defines them.
qmforge_export(qmforge qmforge qmforge_event qmforge_decode qmforge_sim qmforge_test)
# One component each: targets that need another package, or that not every project needs.
foreach(component bench fuzz gtest rapidcheck)
  if(TARGET qmforge_${component})
    set(also "")
    if(component STREQUAL "fuzz")
      set(also qmforge_fuzz_replay)
    endif()
    qmforge_export(qmforge-${component} qmforge_${component} ${also})
  endif()
endforeach()
set(fake_forms qmforge_fwpuclnt)
if(TARGET qmforge_fwpuclnt_static)
  list(APPEND fake_forms qmforge_fwpuclnt_static)
endif()
foreach(target IN LISTS fake_forms)
  string(REGEX REPLACE ^qmforge_ "" exported ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${exported})
endforeach()
install(TARGETS ${fake_forms} EXPORT qmforge-fwpuclnt COMPONENT fake
        RUNTIME DESTINATION lib/qmforge/${CMAKE_SYSTEM_PROCESSOR} COMPONENT fake)  # where the runner looks for a DLL
install(EXPORT qmforge-fwpuclnt NAMESPACE qmforge:: DESTINATION ${package_folder} FILE qmforge-fwpuclnt-targets.cmake
        COMPONENT fake)
if(NOT WIN32)
  install(PROGRAMS wfp/runner/qmforge-wfp TYPE BIN COMPONENT fake)
endif()

set(QMFORGE_DATA_FOLDER ${CMAKE_INSTALL_DATADIR}/qmforge)
set(QMFORGE_BIN_FOLDER ${CMAKE_INSTALL_BINDIR})
configure_package_config_file(cmake/qmforge-config.cmake.in qmforge-config.cmake INSTALL_DESTINATION ${package_folder}
                              PATH_VARS QMFORGE_DATA_FOLDER QMFORGE_BIN_FOLDER)
write_basic_package_version_file(qmforge-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/qmforge-config.cmake ${PROJECT_BINARY_DIR}/qmforge-config-version.cmake
              ${PROJECT_SOURCE_DIR}/cmake/qmforge-functions.cmake
        DESTINATION ${package_folder})
