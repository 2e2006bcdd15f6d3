using System.Net.NetworkInformation;
using System.Security.Cryptography;

namespace AriDialer.Testing;

/// <summary>
/// Ports for servers that tests start. They lie below the range that the kernel hands to outgoing connections and above
/// the range of RTP, so that nothing takes one between the look and the start.
/// </summary>
public static class FreePorts
{
    private const int First = 20000;
    private const int Last = 32000;

    public static int Take()
    {
        var properties = IPGlobalProperties.GetIPGlobalProperties();
        var taken = properties.GetActiveTcpListeners().Concat(properties.GetActiveUdpListeners()).Select(e => e.Port).ToHashSet();
        while (true)
        {
            // Random, since test processes that run side by side do not know of each other.
            var port = RandomNumberGenerator.GetInt32(First, Last);
            if (!taken.Contains(port))
                return port;
        }
    }
}
