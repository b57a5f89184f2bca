# SPDX-License-Identifier: GPL-2.0-only
#
# Every shape of a callback driver, ported and compared with what a maintainer
# would have written, and run before and after the port: see tests/shapes/run.
#
#	make check-shapes
#	tests/shapes/run call-in-for-loop	one of them

shapes := $(BUILD)/shapes
shapes_program_objects := $(addprefix $(shapes)/,shapes.o shape.o test.o)

$(shapes_program_objects): $(shapes)/%.o: tests/shapes/%.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(CFLAGS) $(rig_flags) -c -o $@ $<

$(shapes)/scenario.o: tests/shapes/scenario.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(API_PROGRAM_FLAGS) -Werror -MMD -MP -c -o $@ $<

$(shapes)/trace.o: tests/proof/trace.c
	@mkdir -p $(@D)
	$(quiet_cc)$(CC) $(API_PROGRAM_FLAGS) -Werror -MMD -MP -c -o $@ $<

$(shapes)/shapes: $(shapes_program_objects) $(RIG_OBJECTS)
	$(quiet_ld)$(CC) $(CFLAGS) -o $@ $^ $(RIG_LIBS)

-include $(wildcard $(shapes)/*.d)

shapes_needs = $(shapes)/shapes $(call RIG_NEEDS,shapes)
shapes_environment = $(call RIG,shapes,-Werror -iquote tests/shapes -iquote examples)

# For tests/shapes/run, which a person calls.
.PHONY: shapes-environment
shapes-environment: $(shapes_needs)
	@printf '%s\n' "$$SHAPES_ENVIRONMENT"
shapes-environment: export SHAPES_ENVIRONMENT = $(shapes_environment)

CHECKS += check-shapes
check-shapes: $(shapes_needs)
	@$(shapes_environment) tests/run shapes $(shapes)/shapes
