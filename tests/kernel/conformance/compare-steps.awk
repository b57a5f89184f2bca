# SPDX-License-Identifier: GPL-2.0-only
#
#	awk -f compare-steps.awk DIFFERENCES MODEL KERNEL
#
# Compares two traces of the conformance scenario step by step.  A line for each step:
#
#	same TITLE
#	listed TITLE: REASON	differs, which DIFFERENCES gives a reason for
#	differs TITLE		with the first line in which it does
#	stale TITLE		is the same, though DIFFERENCES lists it
#	missing TITLE		the kernel did not come to this step
#
# DIFFERENCES has lines of the form "RELEASES | TITLE | REASON", with RELEASES like
# 5.10 or 5.4-6.0 and TITLE a pattern of the shell's kind; the variable `release` says
# which release is compared.  With "rule broken: RULE" in place of TITLE, that the model
# tells about this rule is no difference in any step.

function number(text, parts) { split(text, parts, "."); return parts[1] * 1000 + parts[2] }

function applies(range, ends)
{
	if (split(range, ends, "-") == 1)
		ends[2] = ends[1]
	return number(release) >= number(ends[1]) && number(release) <= number(ends[2])
}

# Only * is special in a pattern.
function matches(title, pattern)
{
	gsub(/[][().+?^$|\\{}]/, "\\\\&", pattern)
	gsub(/\*/, ".*", pattern)
	return title ~ ("^" pattern "$")
}

function reason_for(title, i)
{
	for (i = 1; i <= nr_listed; i++)
		if (matches(title, listed[i]))
			return reason[i]
	return ""
}

# The first line that differs: what comes after it differs for that reason, as a rule.
function print_difference(title, model_lines, kernel_lines, nr_model, nr_kernel, i)
{
	nr_model = split(model[title], model_lines, "\n")
	nr_kernel = split(kernel[title], kernel_lines, "\n")
	for (i = 1; i <= nr_model || i <= nr_kernel; i++) {
		if (model_lines[i] == kernel_lines[i])
			continue
		print "    model: " (i < nr_model ? model_lines[i] : "(nothing)")
		print "    Linux: " (i < nr_kernel ? kernel_lines[i] : "(nothing)")
		return
	}
}

FNR == 1 { file++; title = "start" }
file == 1 {
	if ($0 !~ /^#/ && split($0, field, / *\| */) == 3 && applies(field[1])) {
		if (field[2] ~ /^rule broken: /)
			left_out[field[2]] = 1
		else {
			listed[++nr_listed] = field[2]
			reason[nr_listed] = field[3]
		}
	}
	next
}
/^# / { next }
file == 2 && ($0 in left_out) { next }
/^== / {
	title = substr($0, 4)
	if (file == 2)
		order[++nr_steps] = title
	else if (!(title in model))
		order[++nr_steps] = title
	if (file == 2)
		model[title] = ""
	else
		kernel[title] = ""
	next
}
file == 2 { model[title] = model[title] $0 "\n" }
file == 3 { kernel[title] = kernel[title] $0 "\n" }

END {
	for (i = 1; i <= nr_steps; i++) {
		title = order[i]
		why = reason_for(title)
		same = (title in model) && (title in kernel) && model[title] == kernel[title]
		if (!(title in kernel))
			print "missing " title
		else if (same && why == "")
			print "same " title
		else if (same)
			print "stale " title
		else if (why != "")
			print "listed " title ": " why
		else {
			print "differs " title
			print_difference(title)
		}
	}
}
