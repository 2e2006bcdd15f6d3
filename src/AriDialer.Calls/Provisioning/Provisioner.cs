using AriDialer.Ari;

namespace AriDialer.Calls.Provisioning;

/// <summary>A person's phone: a browser's for the time of its session, or a SIP telephone.</summary>
/// <param name="Name">The endpoint's name and SIP user name: letters, digits and hyphens.</param>
/// <param name="Password">Its SIP password.</param>
/// <param name="CallerNumber">The number it shows when the dialplan connects it without AriDialer; empty where the person has none.</param>
/// <param name="CallerName">The name that goes with it.</param>
public sealed record PhoneEndpoint(string Name, string Password, string CallerNumber, string CallerName);

/// <summary>The way to the telephone network.</summary>
/// <param name="Host">Host, or host:port.</param>
/// <param name="Username">The user name, where the trunk wants one.</param>
/// <param name="Password">The password that goes with it.</param>
/// <param name="Register">True where the trunk wants us to register.</param>
public sealed record TrunkEndpoint(string Host, string? Username, string? Password, bool Register);

/// <summary>Puts phones and trunks into Asterisk at run time: no file, no reload. They live in its memory, until it restarts.</summary>
public sealed class Provisioner
{
    /// <summary>The name of the trunk's endpoint.</summary>
    public const string TrunkName = "aridialer-trunk";

    private readonly AriClient _ari;
    private readonly SipObjects _objects;

    internal Provisioner(AriClient ari) => (_ari, _objects) = (ari, new SipObjects(ari));

    /// <summary>Makes or replaces a browser's endpoint.</summary>
    /// <exception cref="AriException">Asterisk refused or could not be reached.</exception>
    public async Task PutPhoneAsync(PhoneEndpoint phone, CancellationToken cancellationToken = default)
    {
        // The endpoint comes last: it refers to the other two.
        await _objects.PutAsync("auth", phone.Name, cancellationToken, ("auth_type", "userpass"), ("username", phone.Name), ("password", phone.Password));

        // One browser registers at a time; a page that is loaded again replaces its own contact.
        await _objects.PutAsync("aor", phone.Name, cancellationToken,
            ("max_contacts", "1"), ("remove_existing", "yes"), ("remove_unavailable", "yes"), ("qualify_frequency", "30"));
        await _objects.PutEndpointAsync(phone.Name, cancellationToken,
            ("context", "aridialer-phones"), ("transport", "transport-ws"), ("auth", phone.Name), ("aors", phone.Name),
            ("webrtc", "yes"), ("dtls_auto_generate_cert", "yes"), ("disallow", "all"), ("allow", "opus,g722,ulaw,alaw"),
            ("dtmf_mode", "rfc4733"), ("callerid", CallerId(phone)), ("trust_id_inbound", "no"), ("send_pai", "no"),
            ("device_state_busy_at", "0"), ("rtp_timeout", "60"), ("rtp_timeout_hold", "600"));
    }

    /// <summary>Makes or replaces a SIP telephone's endpoint.</summary>
    /// <exception cref="AriException">Asterisk refused or could not be reached.</exception>
    public async Task PutDeskPhoneAsync(PhoneEndpoint phone, CancellationToken cancellationToken = default)
    {
        await _objects.PutAsync("auth", phone.Name, cancellationToken, ("auth_type", "userpass"), ("username", phone.Name), ("password", phone.Password));

        // A telephone that got another address replaces its own contact.
        await _objects.PutAsync("aor", phone.Name, cancellationToken,
            ("max_contacts", "1"), ("remove_existing", "yes"), ("remove_unavailable", "yes"), ("qualify_frequency", "30"));
        await _objects.PutEndpointAsync(phone.Name, cancellationToken,
            ("context", "aridialer-phones"), ("transport", "transport-udp"), ("auth", phone.Name), ("aors", phone.Name),
            ("disallow", "all"), ("allow", "opus,g722,alaw,ulaw"), ("dtmf_mode", "rfc4733"), ("direct_media", "no"),
            ("rtp_symmetric", "yes"), ("force_rport", "yes"), ("rewrite_contact", "yes"),
            ("callerid", CallerId(phone)), ("trust_id_inbound", "no"), ("send_pai", "no"),
            ("device_state_busy_at", "0"), ("rtp_timeout", "60"), ("rtp_timeout_hold", "600"));
    }

    /// <summary>True while a phone is registered at Asterisk.</summary>
    /// <exception cref="AriException">Asterisk could not be reached.</exception>
    public async Task<bool> IsRegisteredAsync(string name, CancellationToken cancellationToken = default)
    {
        try
        {
            return (await _ari.Endpoints.GetAsync("PJSIP", name, cancellationToken)).State == "online";
        }
        catch (AriException e) when (e.Kind == AriErrorKind.Gone)
        {
            return false;
        }
    }

    /// <summary>Where SIP telephones find this Asterisk.</summary>
    /// <exception cref="AriException">Asterisk could not be reached.</exception>
    public async Task<SipServer> FindSipServerAsync(CancellationToken cancellationToken = default)
    {
        var transport = await _objects.ReadAsync("transport", "transport-udp", cancellationToken);
        return transport is null
            ? new SipServer(null, SipServer.UsualPort)
            : SipServer.Of(transport["bind"].FirstOrDefault(), transport["external_signaling_address"].FirstOrDefault());
    }

    /// <summary>Withdraws a phone's endpoint. One that is not there is no fault.</summary>
    /// <exception cref="AriException">Asterisk could not be reached.</exception>
    public Task RemovePhoneAsync(string name, CancellationToken cancellationToken = default) =>
        _objects.RemoveAsync(name, ["endpoint", "aor", "auth"], cancellationToken);

    /// <summary>Makes or replaces the trunk.</summary>
    /// <exception cref="AriException">Asterisk refused or could not be reached.</exception>
    public async Task PutTrunkAsync(TrunkEndpoint trunk, CancellationToken cancellationToken = default)
    {
        var uri = $"sip:{trunk.Host}";
        var hasAuth = !string.IsNullOrEmpty(trunk.Username);
        if (await LeadsElsewhereAsync(uri, cancellationToken))
        {
            await _objects.RemoveAsync(TrunkName, ["registration", "identify", "endpoint", "aor", "auth"], cancellationToken);
        }

        if (hasAuth)
        {
            await _objects.PutAsync("auth", TrunkName, cancellationToken,
                ("auth_type", "userpass"), ("username", trunk.Username!), ("password", trunk.Password ?? ""));
        }

        await _objects.PutAsync("aor", TrunkName, cancellationToken, ("contact", uri), ("qualify_frequency", "0"));
        // By its address alone: a trunk asks nobody for a password, and its name is no secret.
        List<(string, string)> endpoint =
        [
            ("identify_by", "ip"),
            ("context", "aridialer-trunk"), ("transport", "transport-udp"), ("aors", TrunkName), ("disallow", "all"), ("allow", "alaw,ulaw,g722,opus"),
            ("dtmf_mode", "rfc4733"), ("direct_media", "no"), ("rtp_symmetric", "yes"), ("force_rport", "yes"), ("rewrite_contact", "yes"),
            ("trust_id_inbound", "yes"), ("from_domain", trunk.Host.Split(':')[0]),
            // Else Asterisk itself carries out a REFER from there: a stranger could have our people call whomever they like.
            ("allow_transfer", "no"),
        ];
        if (hasAuth)
        {
            endpoint.Add(("outbound_auth", TrunkName));
        }

        await _objects.PutEndpointAsync(TrunkName, cancellationToken, [.. endpoint]);
        await _objects.PutAsync("identify", TrunkName, cancellationToken, ("endpoint", TrunkName), ("match", trunk.Host.Split(':')[0]));
        if (trunk.Register)
        {
            await _objects.PutAsync("registration", TrunkName, cancellationToken,
                ("server_uri", uri), ("client_uri", $"sip:{trunk.Username}@{trunk.Host}"), ("outbound_auth", TrunkName), ("transport", "transport-udp"),
                ("retry_interval", "30"), ("forbidden_retry_interval", "300"), ("line", "yes"), ("endpoint", TrunkName));
        }
    }

    /// <summary>Tells the dialplan which phones to ring for a number while AriDialer is away.</summary>
    /// <param name="number">E.164.</param>
    /// <param name="phoneNames">The endpoints; none removes the number.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="AriException">Asterisk could not be reached.</exception>
    public Task SetFallbackAsync(string number, IEnumerable<string> phoneNames, CancellationToken cancellationToken = default) =>
        _ari.Asterisk.SetGlobalVarAsync(
            DialplanVariables.RingPrefix + number.TrimStart('+'), string.Join('&', phoneNames.Select(name => "PJSIP/" + name)), cancellationToken);

    /// <summary>Tells the dialplan how to reach the telephone network while AriDialer is away.</summary>
    /// <param name="dialString">A dial string with <c>{number}</c> in it.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="AriException">Asterisk could not be reached.</exception>
    public async Task SetTrunkFallbackAsync(string dialString, CancellationToken cancellationToken = default)
    {
        var parts = dialString.Split("{number}", 2);
        await _ari.Asterisk.SetGlobalVarAsync(DialplanVariables.TrunkBefore, parts[0], cancellationToken);
        await _ari.Asterisk.SetGlobalVarAsync(DialplanVariables.TrunkAfter, parts.Length > 1 ? parts[1] : "", cancellationToken);
    }

    // Asterisk adds a contact and an address to those that an object has already: calls would still go to the trunk of before, and
    // whoever has its address now would still be taken for it.
    private async Task<bool> LeadsElsewhereAsync(string uri, CancellationToken cancellationToken) =>
        (await _objects.ReadAsync("aor", TrunkName, cancellationToken))?["contact"].Any(contact => contact != uri) == true;

    private static string CallerId(PhoneEndpoint phone)
    {
        var name = new string([.. phone.CallerName.Where(c => !char.IsControl(c) && c is not ('"' or '<' or '>' or '\\'))]);
        return phone.CallerNumber.Length == 0 ? $"\"{name}\" <>" : $"\"{name}\" <{phone.CallerNumber}>";
    }
}
