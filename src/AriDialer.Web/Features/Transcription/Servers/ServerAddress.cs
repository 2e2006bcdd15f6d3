using System.Net;
using System.Net.Sockets;

namespace AriDialer.Web.Features.Transcription.Servers;

/// <summary>A server's address as it was typed, or a sentence why it is none.</summary>
internal sealed record ServerAddress(Uri? Address, string? Sentence)
{
    private static readonly ServerAddress None = new(null, "Type a whole address that begins with https:// or http://, such as https://api.openai.com/v1.");

    /// <summary>What is sent there, the key too, can be read on the way.</summary>
    public bool IsOpen => Address is { Scheme: "http" } address && !IsNear(address);

    public static ServerAddress Read(string? typed)
    {
        if (!Uri.TryCreate(typed?.Trim(), UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.Host.Length == 0)
            return None;

        if (address.UserInfo.Length > 0)
            return new ServerAddress(null, "Leave the name and the password out of the address: the key has a field of its own.");
        return address.Query.Length > 0 || address.Fragment.Length > 0
            ? new ServerAddress(null, "Leave out what stands behind ? or # in the address.")
            : new ServerAddress(address, null);
    }

    /// <summary>The same server: a key that was given to the one may go to the other.</summary>
    public static bool IsSame(Uri? one, Uri? other) =>
        one is not null && other is not null && Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    // This machine, or a network that no strangers are on.
    private static bool IsNear(Uri address)
    {
        if (address.IsLoopback)
            return true;
        if (!IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip))
            return !address.Host.Contains('.', StringComparison.Ordinal);
        if (ip.AddressFamily == AddressFamily.InterNetworkV6)
            return ip.IsIPv6LinkLocal || ip.IsIPv6UniqueLocal;

        var bytes = ip.GetAddressBytes();
        return bytes[0] == 10 || (bytes[0] == 172 && bytes[1] is >= 16 and < 32) || (bytes[0] == 192 && bytes[1] == 168) || (bytes[0] == 169 && bytes[1] == 254);
    }
}
