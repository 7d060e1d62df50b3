# What `cmake --install` gives: the public headers, the libraries, the program, and the CMake package `qmforge`.
include(CMakePackageConfigHelpers)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/qmforge)

# Each file belongs to one of four packages: program, libraries (shared ones), development, fake.
set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME development)

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/qmforge DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE TYPE DOC)

# Targets that need nothing but the standard library: every find_package(qmforge) defines them. qmforge_NAME becomes
# qmforge::NAME.
foreach(target qmforge qmforge_event qmforge_decode qmforge_sim)
  string(REGEX REPLACE ^qmforge_ "" exported ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${exported})
  install(TARGETS ${target} EXPORT qmforge LIBRARY COMPONENT libraries NAMELINK_COMPONENT development)
endforeach()
install(EXPORT qmforge NAMESPACE qmforge:: FILE qmforge-targets.cmake DESTINATION ${package_folder})

# Targets that need another package: a component each, which find_package(qmforge COMPONENTS NAME) asks for and
# cmake/qmforge-config.cmake.in looks up.
foreach(component rapidcheck gtest)
  if(TARGET qmforge_${component})
    set_target_properties(qmforge_${component} PROPERTIES EXPORT_NAME ${component})
    install(TARGETS qmforge_${component} EXPORT qmforge-${component})
    install(EXPORT qmforge-${component} NAMESPACE qmforge:: DESTINATION ${package_folder}
            FILE qmforge-${component}-targets.cmake)
  endif()
endforeach()

# The fake WFP: the component `fwpuclnt`.
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

configure_package_config_file(cmake/qmforge-config.cmake.in qmforge-config.cmake INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(qmforge-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/qmforge-config.cmake ${PROJECT_BINARY_DIR}/qmforge-config-version.cmake
        DESTINATION ${package_folder})
