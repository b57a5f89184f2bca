# SPDX-License-Identifier: GPL-2.0-only
# bash completion for migrate-vma

_migrate_vma()
{
	local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
	local command=${COMP_WORDS[1]-} option='' word words=''

	COMPREPLY=()
	if ((COMP_CWORD == 1)); then
		mapfile -t COMPREPLY < <(compgen -W 'port check list explain --help --version' -- \
			"$current")
		return
	fi

	# What follows -- is for clang.
	for word in "${COMP_WORDS[@]:2:COMP_CWORD - 2}"; do
		if [[ $word == -- ]]; then
			compopt -o default
			return
		fi
	done

	# bash takes --target=6.1 apart at the equals sign.
	if [[ $previous == = ]]; then
		option=${COMP_WORDS[COMP_CWORD - 2]}
	elif [[ $current == = ]]; then
		option=$previous current=
	elif [[ $current == --*=* ]]; then
		option=${current%%=*} current=${current#*=}
	else
		option=$previous
	fi

	case $option in
	--target)
		words=$(migrate-vma port --target=list 2>/dev/null) ;;
	--format)
		case $command in
		port) words='diff mbox json' ;;
		check) words='gcc diff json sarif' ;;
		list) words='json' ;;
		esac ;;
	--baseline | --write-baseline)
		compopt -o default
		return ;;
	--color)
		words='auto always never' ;;
	-j | --jobs)
		words=$(nproc 2>/dev/null) ;;
	-p | --build-dir | --kernel)
		compopt -o dirnames
		return ;;
	*)
		if [[ $command == explain && $current != -* ]]; then
			words=$(migrate-vma explain 2>/dev/null | sed -n 's/^  \([a-z][a-z0-9-]*\)  .*/\1/p')
		elif [[ $current == -* ]]; then
			words='--color= --quiet --help'
			case $command in
			port) words+=' --target= --for= --in-place --format= -p --kernel= --jobs=' ;;
			check) words+=' --target= --fix --baseline= --write-baseline= --format= -p --kernel= --jobs=' ;;
			list) words+=' --format= --jobs=' ;;
			esac
		else
			compopt -o default
			return
		fi ;;
	esac

	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
	[[ ${COMPREPLY[0]-} != *= ]] || compopt -o nospace
}

complete -F _migrate_vma migrate-vma
