using System.Globalization;

namespace AriDialer.EndToEnd.Sip;

/// <summary>The last line of SIPp's statistics: all counts since its start.</summary>
internal sealed record SippStatistics(int Created, int Successful, int Failed, int Current)
{
    public static SippStatistics Read(string csv)
    {
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length < 2)
            return new SippStatistics(0, 0, 0, 0);
        var names = lines[0].Split(';');
        var values = lines[^1].Split(';');
        return new SippStatistics(Value("TotalCallCreated"), Value("SuccessfulCall(C)"), Value("FailedCall(C)"), Value("CurrentCall"));

        int Value(string name) => int.Parse(values[Array.IndexOf(names, name)], CultureInfo.InvariantCulture);
    }
}
