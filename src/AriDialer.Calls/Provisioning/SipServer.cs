using System.Net;

namespace AriDialer.Calls.Provisioning;

/// <summary>Where SIP telephones find Asterisk.</summary>
/// <param name="Host">Its address; null where it listens on all of the machine's.</param>
/// <param name="Port">Its UDP port.</param>
public sealed record SipServer(string? Host, int Port)
{
    /// <summary>SIP's own port.</summary>
    public const int UsualPort = 5060;

    /// <summary>Reads what a transport says.</summary>
    internal static SipServer Of(string? bind, string? externalAddress)
    {
        if (!IPEndPoint.TryParse(bind ?? "", out var bound))
        {
            return new SipServer(NullIfEmpty(externalAddress), UsualPort);
        }

        var isAny = bound.Address.Equals(IPAddress.Any) || bound.Address.Equals(IPAddress.IPv6Any);
        return new SipServer(NullIfEmpty(externalAddress) ?? (isAny ? null : bound.Address.ToString()), bound.Port == 0 ? UsualPort : bound.Port);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
