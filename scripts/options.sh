# shellcheck shell=bash disable=SC2034 # the variables are used by the other parts of ./run
# The flags of ./run, and what follows from them.

usage() {
  cat <<'TEXT'
Starts AriDialer: Asterisk and the web app. Installs and builds what is missing.

  ./run [flags]

  --demo            a trial: users, numbers and a pretend telephone network; listens on loopback only
  --urls URL        where the web app listens (default http://127.0.0.1:5080; several with ;)
  --data DIR        database, recordings, keys (default .local/data, with --demo .local/demo)
  --asterisk URL    use a running Asterisk's ARI instead of starting one; its user and password come from
                    ARIDIALER_ARI_USERNAME and ARIDIALER_ARI_PASSWORD
  --port-base N     SIP on N, the web app on N+20, Asterisk's HTTP on N+28 (default 5060)
  --sip-bind ADDR   where Asterisk listens for SIP (default 0.0.0.0, with --demo 127.0.0.1)
  --help            this text

README.md tells what each environment variable does.
TEXT
}

read_options() {
  demo=no first_url='' urls='' data='' foreign_asterisk='' port_base=5060 sip_bind=''
  while (($# > 0)); do
    case $1 in
      --demo) demo=yes; shift ;;
      --help) usage; exit 0 ;;
      --urls | --data | --asterisk | --port-base | --sip-bind)
        [[ $# -gt 1 && -n $2 ]] || refuse "$1 needs a value. ./run --help shows all flags."
        case $1 in
          --urls) urls=$2 ;;
          --data) data=$2 ;;
          --asterisk) foreign_asterisk=${2%/} ;;
          --port-base) port_base=$2 ;;
          --sip-bind) sip_bind=$2 ;;
        esac
        shift 2
        ;;
      *) refuse "./run knows no $1. ./run --help shows all flags." ;;
    esac
  done
  derive_options
}

derive_options() {
  [[ $port_base =~ ^[1-9][0-9]{3,4}$ && $port_base -ge 1024 && $port_base -le 65507 ]] ||
    refuse "--port-base must be a number from 1024 to 65507, not '$port_base'."
  sip_port=$port_base web_port=$((port_base + 20)) http_port=$((port_base + 28))
  urls=${urls:-http://127.0.0.1:$web_port}
  if [[ $demo == yes ]]; then
    data=${data:-$repository/.local/demo} sip_bind=${sip_bind:-127.0.0.1}
  else
    data=${data:-$repository/.local/data} sip_bind=${sip_bind:-0.0.0.0}
  fi
  [[ $sip_bind =~ ^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$ ]] || refuse "--sip-bind must be an IPv4 address, not '$sip_bind'."
  asterisk_url=${foreign_asterisk:-http://127.0.0.1:$http_port}
  [[ $asterisk_url =~ ^https?://[^/]+$ ]] || refuse "--asterisk must be like http://host:8088, not '$asterisk_url'."
  web_ports=()
  local url
  while read -r url; do
    [[ $url =~ ^(https?)://(\[[0-9a-fA-F:.]+\]|[^:/]+)(:([0-9]+))?/?$ ]] ||
      refuse "--urls must be like http://127.0.0.1:5080, not '$url'."
    check_demo_host "${BASH_REMATCH[2]}"
    first_url=${first_url:-"${url%/}"}
    local standard=80
    [[ ${BASH_REMATCH[1]} == https ]] && standard=443
    web_ports+=("${BASH_REMATCH[4]:-$standard}")
  done < <(tr ';' '\n' <<<"$urls")
}

# The demo's passwords are known to whoever started it, and its users are many.
check_demo_host() {
  [[ $demo == yes ]] || return 0
  case $1 in
    localhost | 127.* | '[::1]') ;;
    *) refuse "The demo listens on this machine only: --urls may name 127.0.0.1, localhost or [::1], not $1." ;;
  esac
  [[ $sip_bind == 127.* ]] || refuse "The demo listens on this machine only: --sip-bind may be 127.0.0.1, not $sip_bind."
}
