using System.Text;

namespace AriDialer.Web.Features.Phones;

/// <summary>As much of a SIP request as it takes to refuse it without a state (RFC 3261, 8.2.6): the five fields that each response repeats.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Dialled">The user of its address.</param>
/// <param name="CallId">Its Call-ID.</param>
/// <param name="To">The line that says whom it is to, as it came.</param>
/// <param name="Copied">The lines of Via, From, Call-ID and CSeq, as they came.</param>
internal sealed record SipHead(string Method, string Dialled, string CallId, string To, IReadOnlyList<string> Copied)
{
    /// <summary>True where it belongs to no dialog yet. A tag of a name or of an address cannot stand behind the address.</summary>
    public bool IsNewCall => !To[(To.LastIndexOf('>') + 1)..].Contains(";tag=", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null for what is no request, is cut off before its header ends, or has a field twice or none.</summary>
    public static SipHead? Read(ReadOnlySpan<byte> message)
    {
        var end = message.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return null;

        var lines = Encoding.UTF8.GetString(message[..end]).Split("\r\n");
        // A line that goes on in the next is allowed, and no browser writes one.
        if (lines[0].Split(' ') is not [var method, var address, "SIP/2.0"] || lines.Any(line => line.StartsWith(' ') || line.StartsWith('\t')))
            return null;

        Dictionary<string, string> once = [];
        List<string> copied = [];
        foreach (var line in lines.Skip(1))
        {
            var name = NameOf(line);
            if (name is "via")
                copied.Add(line);
            else if (name is "from" or "to" or "call-id" or "cseq" && !once.TryAdd(name, line))
                return null;
        }

        if (copied.Count == 0 || once.Count != 4)
            return null;

        copied.AddRange([once["from"], once["call-id"], once["cseq"]]);
        return new SipHead(method, UserOf(address), once["call-id"][(once["call-id"].IndexOf(':') + 1)..].Trim(), once["to"], copied);
    }

    private static string NameOf(string line) => line[..Math.Max(0, line.IndexOf(':'))].Trim().ToLowerInvariant() switch
    {
        "v" => "via",
        "f" => "from",
        "t" => "to",
        "i" => "call-id",
        var name => name,
    };

    private static string UserOf(string address)
    {
        var at = address.IndexOf('@');
        return at < 0 ? "" : Uri.UnescapeDataString(address[(address[..at].IndexOf(':') + 1)..at]);
    }
}
