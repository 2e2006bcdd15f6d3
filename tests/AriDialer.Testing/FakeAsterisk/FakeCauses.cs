namespace AriDialer.Testing;

/// <summary>Asterisk's words for Q.850 causes.</summary>
internal static class FakeCauses
{
    private static readonly Dictionary<int, string> Texts = new()
    {
        [0] = "Unknown",
        [1] = "Unallocated (unassigned) number",
        [16] = "Normal Clearing",
        [17] = "User busy",
        [18] = "No user responding",
        [19] = "User alerting, no answer",
        [20] = "Subscriber absent",
        [21] = "Call Rejected",
        [27] = "Destination out of order",
        [28] = "Invalid number format",
        [34] = "Circuit/channel congestion",
        [38] = "Network out of order",
        [127] = "Interworking, unspecified",
    };

    public static string Text(int cause) => Texts.GetValueOrDefault(cause, "Unknown");
}
